import type { RecordedRequest } from "../mock/index.js";
import { printable } from "../shared/printable.js";
import { columns } from "./layout.js";

/** The width of each column but the last. */
const widths = [8, 6, 20, 16];
/** The longest path, and the longest last column, in characters. */
const longestPath = 200;
const longest = 500;

export const logHead = row("time", "method", "operation", "answer", "path, and what was wrong");

/** One line for a request. */
export function logLine(request: RecordedRequest): string {
  const { arrived, method, operationId = "-", answer, code, path, violations, violationCount } = request;
  // "400 undelivered" is a status, and how much of the answer has left.
  const [status = "", ...delivery] = answer.split(" ");
  const faults = violations.map(
    ({ path: [place = "", ...field], message }) => `${field.join(".") || place}: ${message}`,
  );
  const wrong = [...delivery, ...faults];
  if (violationCount > violations.length) wrong.push(`and ${violationCount - violations.length} more`);
  // A path of any length may come. It must not push out what was wrong.
  const shownPath = path.length > longestPath ? `${path.slice(0, longestPath)}…` : path;
  const text = `${shownPath}${wrong.length > 0 ? `  ${wrong.join("; ")}` : ""}`;
  return row(
    arrived.toTimeString().slice(0, 8),
    printable(method.slice(0, 20)),
    operationId,
    [status, code].filter(Boolean).join(" "),
    printable(text.slice(0, longest)),
  );
}

function row(...cells: string[]): string {
  return columns([cells], widths);
}
