import { printable } from "../shared/printable.js";
import { beginningOf } from "./checks.js";
import { type DroppedWrong, isWrong, type RecordedRequest } from "./journal.js";
import type { PendingReply } from "./replies.js";

/** At most this many lines of each kind are listed. */
const mostLines = 20;

/**
 * @param dropped the wrong requests that have left the record
 * @throws {Error} that lists replies which were not used, and requests that do not keep to the description
 */
export function verify(
  requests: readonly RecordedRequest[],
  dropped: DroppedWrong,
  pending: readonly PendingReply[],
): void {
  const unused = pending.map(({ operationId, reply, left }) => {
    const times = left > 1 ? `, ${left} times` : "";
    return `the reply ${beginningOf(reply)} of ${operationId} was not used${times}`;
  });
  const wrong = [...dropped.requests, ...requests.filter(isWrong)];
  const unlisted = dropped.count - dropped.requests.length;
  const lines = [...limited(unused, 0), ...limited(wrong.map(lineOf), unlisted)];
  if (lines.length > 0)
    // Requests come from outside: no part of them may begin a new line, or control the terminal that shows the error.
    throw new Error(`the mock was not used as planned:\n${lines.map((line) => `- ${printable(line)}`).join("\n")}`);
}

function lineOf({ method, path, answer, violations }: RecordedRequest): string {
  const wrong = violations.map(({ message }) => message).join("; ") || "there is no such operation";
  return `unexpected request ${method} ${path}, answered ${answer}: ${wrong}`;
}

/** @param more how many there are beside these lines */
function limited(lines: string[], more: number): string[] {
  const left = Math.max(0, lines.length - mostLines) + more;
  return left > 0 ? [...lines.slice(0, mostLines), `and ${left} more`] : lines;
}
