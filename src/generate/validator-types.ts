/** `generated/validators.d.ts`. */
export const validatorTypes = `import type { OperationId } from "./operations.js";

/** A fault as Ajv reports it. */
export interface AjvError {
  /** A JSON Pointer to the value. */
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}
/** A validator that Ajv made. After it returned false, \`errors\` lists every fault. */
export interface Validator {
  (value: unknown): boolean;
  errors?: readonly AjvError[] | null;
}
/** The validators of each operation: of its input, which is one object, and of the body of its success. */
export declare const validators: Readonly<Record<OperationId, { readonly input: Validator; readonly success?: Validator }>>;
/** What each keyword that a schema uses allows, in words. \`{name}\` stands for a parameter of the error. */
export declare const messages: Readonly<Record<string, string>>;
/** What each pattern allows, in words. */
export declare const patternWords: Readonly<Record<string, string>>;
`;
