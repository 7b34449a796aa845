import { isIdempotent } from "../client/http.js";
import type { Failure } from "./failures.js";
import type { Operation } from "./operations.js";

/** What the words of the column "Repeat?" mean. */
export const repeatLegend =
  "“Repeat?” says whether the same request can succeed when it is sent again. “Later” means that something else has to change first, such as the state of the instance or a fault of the service, and that the client does not wait for it. “No” means that the request or the account has to be changed.";

/**
 * Whether repeating a request helps after a failure, when, and after how long: what the column "Repeat?" says in the
 * reference and on the page alike. Markdown.
 */
export function repeatWords({ transient, newToken, repeatLater, operations }: Failure): string {
  if (newToken || transient?.reason === "token") return "Yes, with new credentials.";
  if (repeatLater) return "Later.";
  if (!transient) return "No.";
  const after = transient.wait === undefined ? "" : `, after ${transient.wait} s or more`;
  return transient.reason === "server"
    ? wordsAfterServerFailure(operations, after)
    : `Yes${after}. Nothing was started.`;
}

/** After a failure of the server nobody knows whether the request was carried out. */
function wordsAfterServerFailure(operations: Operation[], after: string): string {
  const repeatable = operations.filter(({ method }) => isIdempotent(method));
  const others = operations.filter(({ method }) => !isIdempotent(method));
  const sentences: string[] = [];
  if (repeatable.length > 0) sentences.push(`${namesOf(repeatable)}: yes${after}.`);
  if (others.length > 0) sentences.push(`${namesOf(others)}: check the outcome first.`);
  return sentences.join(" ");
}

function namesOf(operations: Operation[]): string {
  return operations.map(({ operationId }) => `\`${operationId}\``).join(", ");
}
