import type { Decision } from "./decide.js";
import type { Outcome } from "./outcome.js";

/** What becomes of a request whose caller goes away before its body ends. */
export const unfinished: Decision = {
  outcome: { kind: "unfinished" },
  delay: 0,
  code: undefined,
  broken: "the request was not finished",
};

/** The answer to a request that the mock itself cannot serve, such as a preference for an example that does not exist. */
export function problem(detail: string): Decision {
  const body = JSON.stringify({ title: "The mock cannot answer this", detail, status: 500 });
  const headers = { "content-type": "application/problem+json", "content-length": String(Buffer.byteLength(body)) };
  const outcome: Outcome = { kind: "answer", status: 500, headers, body, pace: "whole" };
  return { outcome, delay: 0, code: undefined, broken: "the mock cannot answer this" };
}
