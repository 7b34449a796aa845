import { requestIdHeader } from "../../generated/operations.js";
import type { Call } from "./call.js";
import { ApiError } from "./errors.js";
import { type Failure, refusesCredential } from "./failure.js";
import { goneCodeOf } from "./gone.js";
import { headerTooLargeAdvice, headerTooLargeStatus } from "./large-headers.js";
import { oneLine } from "./one-line.js";
import { mayRepeat, outcomeOf, outcomeSentence } from "./outcome.js";
import { readRetryAfter, tooLongRemark } from "./retry.js";
import { sentences } from "./sentences.js";

/** The error for a call that ended with a failed response. */
export function apiError(failure: Failure, call: Call, response: Response): ApiError {
  const { status, body, code, message, rule } = failure;
  const requestId = oneLine(response.headers.get(requestIdHeader) ?? "") || failure.requestId || call.requestId;
  const said = sentences(
    [status, code, message ?? "without a message"].filter(Boolean).join(" "),
    adviceFor(failure, call, response),
    rule && `See geminidb-backup/generated/reference.md#${rule.anchor ?? rule.code}`,
    goneRemark(failure, call),
    mayRepeat(failure, call.method) ? tooLongRemark(readRetryAfter(response.headers)) : undefined,
    outcomeSentence(call.outcome, call.method),
    requestId && `Request ${requestId}`,
  );
  return new ApiError(said, {
    ...call.errorContext,
    requestId,
    status,
    code,
    retryable: mayRepeat(failure, call.method),
    body,
    response,
  });
}

function adviceFor(failure: Failure, call: Call, response: Response): string | undefined {
  const { status, rule } = failure;
  if (status === headerTooLargeStatus) return headerTooLargeAdvice;
  if (!refusesCredential(failure)) return rule?.advice;
  // The description's advice is to get another token, which is of no use to whoever signs with keys, or has done it.
  if (typeof call.config.auth === "object") return keyAdvice(response);
  return call.refusals > 1 ? renewedAdvice : rule?.advice;
}

const renewedAdvice =
  "A new token was refused as well: check that the user, the project and the host belong to the same region";

/** From this difference of clocks on, in minutes, the message names it. The gateway refuses a signature beyond 15 minutes. */
const clockDifferenceToName = 5;

function keyAdvice(response: Response): string {
  const serviceTime = Date.parse(response.headers.get("date") ?? "");
  const minutes = Math.abs(Date.now() - serviceTime) / 60_000;
  if (minutes > clockDifferenceToName) {
    return `The clock of this machine differs by ${Math.round(minutes)} minutes from that of the service: correct it`;
  }
  return "Check the access key and the secret key; temporary keys may have expired";
}

/** After an attempt whose outcome is unknown, "does not exist" may be the doing of this very call. */
function goneRemark(failure: Failure, { operation, outcome }: Call): string | undefined {
  const { code } = failure;
  if (code === undefined || code !== goneCodeOf(operation)) return undefined;
  const hasLostAnAnswer = outcome === "unknown" && outcomeOf(failure) !== "unknown";
  if (!hasLostAnAnswer) return undefined;
  return "An earlier attempt of this call, whose outcome is unknown, may have deleted it";
}
