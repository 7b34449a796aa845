import { CredentialsFault } from "./auth/types.js";
import type { Call } from "./call.js";
import { DeadlineExceeded } from "./deadline.js";
import { AuthenticationError, ConnectionError, type GeminiDBError, TimeoutError } from "./errors.js";
import type { Stage } from "./exchange.js";
import { isIdempotent } from "./http.js";
import { explainNoAnswer, type NoAnswerReason } from "./no-answer.js";
import { outcomeSentence } from "./outcome.js";
import { quote } from "./redact.js";
import { isTooLong, tooLongRemark } from "./retry.js";
import { sentences } from "./sentences.js";
import { isInstance } from "./untrusted.js";

/** What an attempt without an answer means. */
export interface FailedAttempt {
  /** Makes the error with which the call ends, if there is no other attempt. */
  error(): GeminiDBError;
  /** Whether it is safe, and may help, to try again. */
  repeatable: boolean;
  /** How long to wait before that, in milliseconds, where somebody asked for it. */
  retryAfter?: number | undefined;
}

/**
 * Works out what an attempt without an answer means. The call learns what is known of its outcome.
 * @param stage how far the attempt came
 * @param thrown what ended it
 */
export function explainFailedAttempt(stage: Stage, thrown: unknown, call: Call): FailedAttempt {
  const late = isInstance(thrown, DeadlineExceeded);
  const reason = explainNoAnswer(thrown, (text) => call.secrets.redact(text));
  const notSent = stage === "authorizing" || (stage === "sending" && reason.neverConnected);
  call.learnOutcome(notSent ? "not-sent" : "unknown");
  const known = outcomeSentence(call.outcome, call.method);
  const context = { ...call.errorContext, cause: late ? undefined : reason.cause };
  if (late) {
    const message = sentences(thrown.message, known);
    return { error: () => new TimeoutError(message, context), repeatable: notSent || isIdempotent(call.method) };
  }
  if (stage === "authorizing") {
    const { transient, retryAfter } = isInstance(thrown, CredentialsFault) ? thrown : noProvider;
    const message = sentences(authorizingFault(thrown, reason, call), tooLongRemark(retryAfter), known);
    const error = () => new AuthenticationError(message, context);
    return { error, repeatable: transient && !isTooLong(retryAfter), retryAfter };
  }
  const fault = `${connectionFault(stage, reason)}: ${quote(reason.cause.message)}`;
  const message = sentences(fault, reason.advice, known);
  const safe = notSent || isIdempotent(call.method);
  return { error: () => new ConnectionError(message, context), repeatable: safe && !reason.permanent };
}

/** What holds for a token function of the caller's: nobody knows whether asking again may help. */
const noProvider = { transient: false, retryAfter: undefined };

function authorizingFault(thrown: unknown, { cause }: NoAnswerReason, { config }: Call): string {
  // Our own providers say what is wrong in full.
  if (isInstance(thrown, CredentialsFault)) return quote(thrown.message);
  const wanted = typeof config.auth === "object" ? "credentials" : "token";
  return `no ${wanted}: ${quote(cause.message)}`;
}

function connectionFault(stage: Stage, { neverConnected }: NoAnswerReason): string {
  if (stage === "receiving") return "the connection broke during the answer";
  return neverConnected ? "no connection" : "no answer";
}
