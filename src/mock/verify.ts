import type { RecordedRequest } from "./journal.js";
import type { PendingReply } from "./replies.js";

/** At most this many lines of each kind are listed. */
const mostLines = 20;

/** @throws {Error} that lists replies which were not used, and requests that do not keep to the description */
export function verify(requests: readonly RecordedRequest[], pending: readonly PendingReply[]): void {
  const unused = pending.map(({ operationId, reply, left }) => {
    const times = left > 1 ? `, ${left} times` : "";
    return `the reply ${JSON.stringify(reply)} of ${operationId} was not used${times}`;
  });
  const unexpected = requests.filter(({ operationId, violationCount }) => !operationId || violationCount > 0);
  const lines = [
    ...limited(unused),
    ...limited(
      unexpected.map(({ method, path, answer, violations }) => {
        const wrong = violations.map(({ message }) => message).join("; ") || "there is no such operation";
        return `nobody expected ${method} ${path}, answered ${answer}: ${wrong}`;
      }),
    ),
  ];
  if (lines.length > 0)
    throw new Error(`the mock was not used as planned:\n${lines.map((line) => `- ${line}`).join("\n")}`);
}

function limited(lines: string[]): string[] {
  return lines.length > mostLines ? [...lines.slice(0, mostLines), `and ${lines.length - mostLines} more`] : lines;
}
