import { closingAnswer, type Outcome, wholeAnswer } from "./outcome.js";

/** What becomes of a request. */
export interface Decision {
  readonly outcome: Outcome;
  /** Milliseconds to wait before it. */
  readonly delay: number;
  /** The error code of the documented answer, also where a fault keeps the answer from its caller. */
  readonly code: string | undefined;
  /** Why the answer is not what the description says; undefined where it is. */
  readonly comment: string | undefined;
}

/** The caller went away before its body ended. */
export const unfinished: Decision = {
  outcome: { kind: "unfinished" },
  delay: 0,
  code: undefined,
  comment: "the request was not finished",
};

/** The body did not arrive within the time limit. The documents have no such answer, but servers do. */
export const late: Decision = {
  outcome: closingAnswer(408),
  delay: 0,
  code: undefined,
  comment: "the body did not arrive in time",
};

/** The body breaks the rules of HTTP. */
export const malformed: Decision = {
  outcome: closingAnswer(400),
  delay: 0,
  code: undefined,
  comment: "the body is malformed",
};

/** The mock itself cannot serve the request, such as one that prefers an example which does not exist. */
export function problem(detail: string): Decision {
  const body = JSON.stringify({ title: "The mock cannot answer this", detail, status: 500 });
  const outcome = wholeAnswer(500, { "content-type": "application/problem+json" }, body);
  return { outcome, delay: 0, code: undefined, comment: "the mock cannot answer this" };
}
