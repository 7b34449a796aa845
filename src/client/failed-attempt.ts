import type { Stage } from "./attempt-result.js";
import { CredentialsFault } from "./auth/credential.js";
import type { Call } from "./call.js";
import { DeadlineExceeded } from "./deadline.js";
import { AuthenticationError, ConnectionError, type GeminiDBError, TimeoutError } from "./errors.js";
import { isIdempotent } from "./http.js";
import { explainNoAnswer, type NoAnswerReason } from "./no-answer.js";
import { oneLine } from "./one-line.js";
import { whatIsKnown } from "./outcome.js";
import { isTooLong, tooLongRemark } from "./retry.js";
import { sentences } from "./sentences.js";
import { isInstance } from "./untrusted.js";

/** What an attempt without an answer means. */
export interface FailedAttempt {
  /** Makes the error with which the call ends, if there is no other attempt. */
  error(): GeminiDBError;
  /** Whether it is safe, and may help, to try again. */
  retryable: boolean;
  /** How long to wait before that, in milliseconds, where somebody asked for it. */
  retryAfter?: number | undefined;
}

/**
 * Works out what an attempt without an answer means. The call learns what is known of its outcome.
 * @param stage how far the attempt came
 * @param thrown what ended it
 */
export function explainFailedAttempt(stage: Stage, thrown: unknown, call: Call): FailedAttempt {
  const reason = explainNoAnswer(thrown, (text) => call.secrets.redact(text));
  const notSent = stage === "authorizing" || (stage === "sending" && reason.neverConnected);
  call.learnOutcome(notSent ? "not-sent" : "unknown");
  const isSafe = notSent || isIdempotent(call.method);
  if (isInstance(thrown, DeadlineExceeded)) return afterTimeout(stage, thrown, call, isSafe);
  if (stage === "authorizing") return withoutCredential(thrown, reason, call);
  return withoutConnection(stage, reason, call, isSafe);
}

function afterTimeout(stage: Stage, exceeded: DeadlineExceeded, call: Call, isSafe: boolean): FailedAttempt {
  const { message: noAnswer, milliseconds } = exceeded;
  const fault = stage === "authorizing" ? `no ${credentialWord(call)} within ${milliseconds} ms` : noAnswer;
  const message = sentences(fault, whatIsKnown(call));
  const context = call.errorContext;
  return { error: () => new TimeoutError(message, context), retryable: isSafe };
}

function withoutCredential(thrown: unknown, reason: NoAnswerReason, call: Call): FailedAttempt {
  const { transient, retryAfter } = isInstance(thrown, CredentialsFault) ? thrown : noProvider;
  const fault = authorizingFault(thrown, reason, call);
  const message = sentences(fault, tooLongRemark(retryAfter), whatIsKnown(call));
  const context = { ...call.errorContext, cause: reason.cause };
  return {
    error: () => new AuthenticationError(message, context),
    retryable: transient && !isTooLong(retryAfter),
    retryAfter,
  };
}

function withoutConnection(stage: Stage, reason: NoAnswerReason, call: Call, isSafe: boolean): FailedAttempt {
  const fault = `${connectionFault(stage, reason)}: ${oneLine(reason.cause.message)}`;
  const message = sentences(fault, reason.advice, whatIsKnown(call));
  const { cause, permanent } = reason;
  const context = { ...call.errorContext, cause, permanent };
  return { error: () => new ConnectionError(message, context), retryable: isSafe && !permanent };
}

/** What holds for a token function of the caller's: nobody knows whether asking again may help. */
const noProvider = { transient: false, retryAfter: undefined };

function authorizingFault(thrown: unknown, { cause }: NoAnswerReason, call: Call): string {
  // Our own providers say what is wrong in full.
  if (isInstance(thrown, CredentialsFault)) return oneLine(thrown.message);
  return `no ${credentialWord(call)}: ${oneLine(cause.message)}`;
}

/** What the call waits for: signers give other credentials than tokens. */
function credentialWord({ config }: Call): string {
  return typeof config.auth === "object" ? "credentials" : "token";
}

function connectionFault(stage: Stage, { neverConnected }: NoAnswerReason): string {
  if (stage === "receiving") return "the connection broke during the answer";
  return neverConnected ? "no connection" : "no answer";
}
