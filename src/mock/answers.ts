import { type CatalogueOperation, catalogue } from "../../generated/catalogue.js";
import { nearest } from "../client/names.js";

/** The operations of the description, by operationId. */
export const operationsById: ReadonlyMap<string, CatalogueOperation> = new Map(
  catalogue.operations.map((operation) => [operation.operationId, operation]),
);

/** A documented answer: one example of the description. */
export interface Documented {
  readonly status: number;
  readonly example: string;
  readonly code?: string;
  /** The documented headers and the content type. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where there is none. */
  readonly body?: unknown;
}

/** The success of an operation, then its failures. */
export function documentedAnswers({ success, failures }: CatalogueOperation): readonly [Documented, ...Documented[]] {
  return [success, ...failures];
}

/** The example that a reply names. @throws {TypeError} that says which one may be meant, and what there is */
function findExample(operation: CatalogueOperation, name?: string, status?: number): Documented {
  const all = documentedAnswers(operation);
  const named = all.filter((one) => name === undefined || one.example === name);
  const found = named.find((one) => status === undefined || one.status === status);
  if (found) return found;
  const wanted = [status, name].filter((part) => part !== undefined).join(" ");
  throw new TypeError(`${operation.operationId} has no example ${wanted}. ${whatThereIs(all, named, name)}`);
}

/** @param named the examples of that name, which have another status */
function whatThereIs(all: readonly Documented[], named: readonly Documented[], name: string | undefined): string {
  if (name !== undefined && named.length > 0) {
    return `The status of ${name} is ${named.map(({ status }) => status).join(" or ")}`;
  }
  const examples = all.map(({ example }) => example);
  const near = name === undefined ? undefined : nearest(name, examples);
  const question = near === undefined ? "" : `Did you mean ${near}? `;
  return `${question}There are ${all.map(({ status, example }) => `${status} ${example}`).join(", ")}`;
}

/**
 * The documented answer that a reply names. Undefined where it names none; the status of an HTML page names nothing.
 * @throws {TypeError} when there is no such answer; lists those that exist
 */
export function namedAnswer(operation: CatalogueOperation, { example, status, html }: Named): Documented | undefined {
  const answerStatus = html ? undefined : status;
  if (example === undefined && answerStatus === undefined) return undefined;
  return findExample(operation, example, answerStatus);
}

interface Named {
  readonly example?: string | undefined;
  readonly status?: number | undefined;
  readonly html?: boolean | undefined;
}

/**
 * The documented failure of that status, with that code where the description has it.
 * @throws {Error} when the description has none: a success in its place would hide what is wrong
 */
export function failureOf({ operationId, failures }: CatalogueOperation, status: number, code?: string): Documented {
  const candidates = failures.filter((failure) => failure.status === status);
  const fitting = code === undefined ? undefined : candidates.find((failure) => failure.code === code);
  const found = fitting ?? candidates[0];
  if (found) return found;
  throw new Error(`the description has no failure ${status} of ${operationId}`);
}

/** The documented failure of that code. @throws {Error} when the description has none */
export function failureByCode({ operationId, failures }: CatalogueOperation, code: string): Documented {
  const found = failures.find((failure) => failure.code === code);
  if (found) return found;
  throw new Error(`the description has no failure ${code} of ${operationId}`);
}
