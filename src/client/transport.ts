import { apiError } from "./api-error.js";
import type { Call } from "./call.js";
import { sleep } from "./deadline.js";
import { UnexpectedResponseError } from "./errors.js";
import { type Answered, makeAttempt, type Unexpected } from "./exchange.js";
import type { Failure } from "./failure.js";
import { notify } from "./hooks.js";
import { explainFailedAttempt } from "./no-answer-error.js";
import { outcomeOf, outcomeSentence, sentences } from "./outcome.js";
import type { Outgoing } from "./outgoing.js";
import { isTooLong, mayRepeat, readRetryAfter, retryDelay } from "./retry.js";

/**
 * Sends the request of a call, with as many attempts as it takes: once more with another credential when the service refused
 * the first, and again after a wait where that is safe and may help.
 * @returns the last response, also when its status is 4xx or 5xx. Its body was read, and secrets were taken out of it.
 * @throws {GeminiDBError} when there was no answer, or one that the API does not give
 * @throws the reason of the caller's signal, untouched, when the caller aborts
 */
export async function send(outgoing: Outgoing, call: Call): Promise<Response> {
  call.secrets.addSuspects(outgoing.headers);
  call.secrets.addSuspects(new URL(outgoing.request.url).searchParams);
  let retriesLeft = call.retries;
  let mayRenew = canRenew(call);
  /** The answer of the attempt before, if it refused the credential. */
  let refused: Answered | undefined;
  for (;;) {
    call.attempts++;
    const result = await makeAttempt(outgoing, call, refused);
    call.isUnderWay = false;
    const hasNoCredential = result.kind === "no-answer" && result.stage === "authorizing";
    // The next attempt must still ask for another credential than the refused one.
    if (!hasNoCredential) refused = undefined;
    switch (result.kind) {
      case "unexpected":
        throw unexpectedError(result, call);

      case "no-other-credential":
        // The same credential would be refused again, so the first answer stands, and this was no attempt.
        call.attempts--;
        return result.refused.response;

      case "no-answer": {
        const { error, repeatable } = explainFailedAttempt(result.stage, result.thrown, call);
        if (!repeatable || retriesLeft === 0) throw error();
        await wait(retryDelay(call.attempts, 0, undefined), () => error().message);
        break;
      }

      case "answered": {
        const { failure, response } = result;
        if (!failure) {
          // The caller may still end the call before it hears of this.
          call.learnOutcome("unknown");
          return response;
        }
        call.learnOutcome(outcomeOf(failure));
        if (failure.rule?.renew && mayRenew) {
          // With another credential at once, and not counted as a retry: the service has not done anything yet.
          refused = result;
          mayRenew = false;
          continue;
        }
        const delay = delayAfter(failure, response, call);
        if (delay === undefined || retriesLeft === 0) return response;
        await wait(delay, () => apiError(failure, call, response).message);
        break;
      }
    }
    retriesLeft--;
  }

  async function wait(delay: number, reason: () => string): Promise<void> {
    notify(call.config.onRetry, () => ({ ...call.event, delay, reason: reason() }));
    await sleep(delay, [call.signal, outgoing.signal]);
  }
}

/** Whether the credentials come from something that can be asked for other ones. */
function canRenew({ config: { auth } }: Call): boolean {
  return typeof auth === "function" || typeof auth === "object";
}

/** How long to wait after a failed response, in milliseconds. Undefined where the request must not be repeated. */
function delayAfter(failure: Failure, response: Response, call: Call): number | undefined {
  if (!mayRepeat(failure, call.method)) return undefined;
  const asked = readRetryAfter(response.headers.get("retry-after"));
  // Coming back earlier than asked would be answered in the same way.
  if (isTooLong(asked)) return undefined;
  const advised = (failure.rule?.wait ?? 0) * 1000;
  return retryDelay(call.attempts, advised, asked);
}

function unexpectedError({ status, fault, body }: Unexpected, call: Call): UnexpectedResponseError {
  call.learnOutcome("unknown");
  const message = sentences(fault, outcomeSentence(call.outcome, call.method));
  return new UnexpectedResponseError(message, { ...call.errorContext, status, body });
}
