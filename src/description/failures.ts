import type { Operation } from "./operations.js";
import type { Example, Transient } from "./spec.js";

/** A documented failure: one named example under one status, with the operations that know it. */
export interface Failure {
  status: string;
  /** The name of the example: the error code, where the body has one. */
  name: string;
  /** The error code of the body. Undefined where it has none. */
  code: string | undefined;
  /** Its address on the page and in the reference. It never changes, because errors of the client name it. */
  anchor: string;
  meaning: string;
  advice: string;
  /** The message of the service. Undefined where the body has none. */
  message: string | undefined;
  /** `x-transient`: why the same request may succeed later, and after how many seconds. */
  transient: Transient | undefined;
  /** `x-new-token`: whether other credentials help. */
  newToken: boolean;
  /** `x-repeat-later`: whether the same request may succeed once something has changed that the client does not wait for. */
  repeatLater: boolean;
  /** `x-unknown-route`: whether the gateway responds with it to a request for no operation. */
  unknownRoute: boolean;
  body: unknown;
  operations: Operation[];
}

/** The error catalogue: each failure once, by status and name. */
export function failuresOf(operations: readonly Operation[]): Failure[] {
  const found = new Map<string, Omit<Failure, "anchor">>();
  for (const operation of operations) {
    for (const { status, body } of operation.failures) {
      for (const [name, example] of body?.examples ?? []) {
        const failure = found.get(`${status} ${name}`) ?? failureOf(status, name, example);
        failure.operations.push(operation);
        found.set(`${status} ${name}`, failure);
      }
    }
  }
  return withAnchors(
    [...found.values()].sort((a, b) => a.status.localeCompare(b.status) || a.name.localeCompare(b.name)),
  );
}

function failureOf(status: string, name: string, example: Example): Omit<Failure, "anchor"> {
  const { error_code: code, error_msg: message } = Object(example.value);
  return {
    status,
    name,
    code,
    meaning: example.summary ?? "",
    advice: example.description ?? "",
    message,
    transient: example["x-transient"],
    newToken: example["x-new-token"] ?? false,
    repeatLater: example["x-repeat-later"] ?? false,
    unknownRoute: example["x-unknown-route"] ?? false,
    body: example.value,
    operations: [],
  };
}

/** The anchor is the name alone, or the name with the status where a lower status has the same name. */
function withAnchors(failures: Omit<Failure, "anchor">[]): Failure[] {
  const seen = new Set<string>();
  return failures.map((failure) => {
    const anchor = seen.has(failure.name) ? `${failure.name}-${failure.status}` : failure.name;
    seen.add(failure.name);
    return { ...failure, anchor };
  });
}
