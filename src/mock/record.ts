import type { Decision } from "./decide.js";
import { type Entry, longestBody, type RecordedRequest } from "./journal.js";
import type { Outcome } from "./outcome.js";
import type { Body } from "./request.js";
import type { Redactor } from "./secrets.js";

/** Writes the body of a request into its entry. */
export function recordBody(entry: Entry, { text, size }: Body, redactor: Redactor): void {
  entry.bodySize = size;
  entry.bodyText = redactor.beginning(text, longestBody);
}

/** Writes what a request is answered with into its entry. */
export function recordDecision(entry: Entry, { outcome, code }: Decision, redactor: Redactor): void {
  entry.code = code;
  if (outcome.kind !== "answer") {
    entry.answer = outcome.kind;
    return;
  }
  entry.answer = outcome === unfinished.outcome ? "unfinished" : String(outcome.status);
  entry.answerText = redactor.beginning(outcome.body, longestBody);
}

/** What becomes of a request whose caller goes away before its body ends. */
export const unfinished: Decision = {
  outcome: { kind: "answer", status: 400, headers: {}, body: "", pace: "whole" },
  delay: 0,
  code: undefined,
  broken: "the request was not finished",
};

/** The answer to a request that the mock itself cannot serve, such as a preference for an example that does not exist. */
export function problem(error: unknown): Decision {
  const detail = error instanceof Error ? error.message : String(error);
  const body = JSON.stringify({ title: "The mock cannot answer this", detail, status: 500 });
  const headers = { "content-type": "application/problem+json", "content-length": String(Buffer.byteLength(body)) };
  const outcome: Outcome = { kind: "answer", status: 500, headers, body, pace: "whole" };
  return { outcome, delay: 0, code: undefined, broken: "the mock cannot answer this" };
}

/** Violations as JSON that can travel in a header, whatever language they are in. */
export function asciiJson(violations: RecordedRequest["violations"], count: number): string {
  const text = JSON.stringify(violations).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return text.length > 4096 ? JSON.stringify([{ path: [], message: `${count} violations` }]) : text;
}
