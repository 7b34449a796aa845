import { apiError } from "./api-error.js";
import type { Answered, NoAnswer, Unexpected } from "./attempt-result.js";
import type { Credential } from "./auth/credential.js";
import type { Call } from "./call.js";
import { sleep } from "./deadline.js";
import type { GeminiDBError } from "./errors.js";
import { makeAttempt } from "./exchange.js";
import { explainFailedAttempt } from "./failed-attempt.js";
import { type Failure, refusesCredential } from "./failure.js";
import { notify } from "./hooks.js";
import { mayRepeat, outcomeOf } from "./outcome.js";
import type { Outgoing } from "./outgoing.js";
import { isTooLong, readRetryAfter, retryDelay } from "./retry.js";
import { unexpectedResponse } from "./unexpected-response.js";

/**
 * Sends the request of a call, with as many attempts as it takes: once more with another credential when the service refused
 * the first, and again after a wait where that is safe and may help.
 * @returns the last response, also when its status is 4xx or 5xx. Its body was read, and secrets were taken out of it.
 * @throws {GeminiDBError} when there was no answer, or one that the API does not give
 * @throws the reason of the caller's signal, untouched, when the caller aborts
 */
export async function sendWithRetries(outgoing: Outgoing, call: Call): Promise<Response> {
  let retries = 0;
  /** The credential that the service has refused. No later attempt may use it again. */
  let refused: Credential | undefined;
  for (;;) {
    call.beginAttempt();
    const result = await makeAttempt(outgoing, call, refused);
    // Not in a finally block: after an abort of the caller, nobody will know what became of the request.
    call.endAttempt();
    if (result.kind === "no-other-credential") {
      // The same credential would be refused again, so this was no attempt, and the answer before it stands.
      call.discardAttempt();
      if (call.lastAnswer) return call.lastAnswer.response;
      throw new Error("auth gave no credentials");
    }
    const step = nextStep(result, call, retries);
    if (step.kind === "return") return step.response;
    if (step.kind === "throw") throw step.error;
    if (step.kind === "renew") {
      // At once, and not counted as a retry: the service has not done anything yet.
      refused = step.refused;
      continue;
    }
    retries++;
    notify(call.config.onRetry, () => ({ ...call.event, delay: step.delay, reason: step.reason() }));
    await sleep(step.delay, [call.signal, outgoing.signal]);
  }
}

/** What to do after an attempt. */
type Step =
  | { kind: "return"; response: Response }
  | { kind: "throw"; error: GeminiDBError }
  /** The next attempt asks for another credential than the one that was refused. */
  | { kind: "renew"; refused: Credential }
  | Retry;

interface Retry {
  kind: "retry";
  /** How long to wait before the next attempt, in milliseconds. */
  delay: number;
  /** The message of the error that the call would end with. */
  reason(): string;
}

/** @param retries how many retries were made */
function nextStep(result: Answered | Unexpected | NoAnswer, call: Call, retries: number): Step {
  switch (result.kind) {
    case "unexpected":
      call.learnOutcome("unknown");
      return { kind: "throw", error: unexpectedResponse(result.status, result.fault, result.body, call) };
    case "no-answer":
      return afterNoAnswer(result, call, retries);
    case "answered":
      return afterAnswer(result, call, retries);
  }
}

function afterNoAnswer({ stage, thrown }: NoAnswer, call: Call, retries: number): Step {
  const { error, retryable, retryAfter } = explainFailedAttempt(stage, thrown, call);
  if (!retryable || retries >= call.retries) return { kind: "throw", error: error() };
  return {
    kind: "retry",
    delay: retryDelay(retries, 0, retryAfter),
    reason: () => error().message,
  };
}

function afterAnswer(answer: Answered, call: Call, retries: number): Step {
  const { failure, response } = answer;
  call.lastAnswer = answer;
  if (!failure) {
    // The caller may still end the call before it hears of this.
    call.learnOutcome("unknown");
    return { kind: "return", response };
  }
  call.learnOutcome(outcomeOf(failure));
  if (refusesCredential(failure)) {
    call.refusals++;
    if (mayRenew(call)) return { kind: "renew", refused: answer.credential };
  }
  const delay = delayAfter(failure, response, call, retries);
  if (delay === undefined || retries >= call.retries) return { kind: "return", response };
  return {
    kind: "retry",
    delay,
    reason: () => apiError(failure, call, response).message,
  };
}

/** Whether there may be other credentials, and the call has not asked for them yet. */
function mayRenew({ config: { auth }, refusals }: Call): boolean {
  return refusals === 1 && (typeof auth === "function" || typeof auth === "object");
}

/** How long to wait after an answer, in milliseconds. Undefined where the request must not be repeated. */
function delayAfter(failure: Failure, response: Response, call: Call, retries: number): number | undefined {
  if (!mayRepeat(failure, call.method)) return undefined;
  const asked = readRetryAfter(response.headers);
  // Coming back earlier than asked would be answered in the same way.
  if (isTooLong(asked)) return undefined;
  const advised = (failure.rule?.wait ?? 0) * 1000;
  return retryDelay(retries, advised, asked);
}
