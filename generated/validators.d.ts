// Generated from openapi/ by `npm run generate`. Do not edit.
import type { OperationId } from "./operations.js";
/** Gives every reason why a value does not fit; none if it does. */
export type Validator = (value: unknown) => { path: string; keyword: string; message: string }[];
/** What is checked of each operation: its input, which is one object, and the body of its success. */
export declare const validators: Readonly<Record<OperationId, { readonly input: Validator; readonly success?: Validator }>>;
