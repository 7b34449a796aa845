import type { ErrorRule } from "../../generated/operations.js";
import type { Outcome } from "./errors.js";
import type { Failure } from "./failure.js";
import { isIdempotent } from "./http.js";

/** What a failed response says about the operation, and about sending the same request again. */
interface Verdict {
  outcome: Exclude<Outcome, "not-sent">;
  /** When the same request may be sent again. What may have been carried out is never repeated "always". */
  repeat: "always" | "if-idempotent" | "never";
}

/** Nothing was started, and the service asks to try later. */
const busy: Verdict = { outcome: "refused", repeat: "always" };
/** Nothing was started, and the same request would be refused again. */
const refused: Verdict = { outcome: "refused", repeat: "never" };
/** The operation may have been carried out. The same request may succeed a moment later. */
const failedForNow: Verdict = { outcome: "unknown", repeat: "if-idempotent" };
/** The operation may have been carried out. The same request would fail again. */
const failedForGood: Verdict = { outcome: "unknown", repeat: "never" };

/** There were too many requests. */
const tooManyRequests = 429;
/** Statuses that say nothing about the request itself. The service may only have been slow. */
const transientStatuses = new Set([408, 500, 502, 503, 504]);

function verdictOf({ status, rule }: Failure): Verdict {
  const ofStatus = verdictOfStatus(status);
  return rule ? verdictOfRule(rule, ofStatus) : ofStatus;
}

/** A documented code says more than the status, and keeps its meaning where it comes with another one. */
function verdictOfRule({ repeat, renew, status }: ErrorRule, ofStatus: Verdict): Verdict {
  if (repeat === "always") return busy;
  if (repeat === "if-idempotent") return failedForNow;
  if (renew) return refused;
  // The description would say it if the same request might succeed later.
  if (status >= 500 || ofStatus.outcome === "unknown") return failedForGood;
  return ofStatus;
}

function verdictOfStatus(status: number): Verdict {
  if (status === tooManyRequests) return busy;
  if (transientStatuses.has(status)) return failedForNow;
  return status >= 500 ? failedForGood : refused;
}

/** What a failed response proves about the operation. */
export function outcomeOf(failure: Failure): Outcome {
  return verdictOf(failure).outcome;
}

/**
 * Whether the service asks to try later, and started nothing. A request that it refuses for good, such as one with a wrong
 * name, starts nothing either, but there is no use in repeating it.
 */
export function asksToTryLater(failure: Failure): boolean {
  return verdictOf(failure).repeat === "always";
}

/** Whether it is safe, and may help, to send a request again after a failed response. */
export function mayRepeat(failure: Failure, method: string): boolean {
  const { repeat } = verdictOf(failure);
  return repeat === "always" || (repeat === "if-idempotent" && isIdempotent(method));
}

/** What a message says about the outcome. Nothing where the service refused, since its own words say that. */
export function outcomeSentence(outcome: Outcome, method: string): string {
  if (outcome === "not-sent") return "Nothing was sent";
  if (outcome === "refused") return "";
  return isIdempotent(method) ? "Repeating is safe" : "It may have been carried out: look before you repeat it";
}

/** The same where the last request of a call was not sent, so that there are no words of the service about it. */
export function whatIsKnown({ outcome, method }: { outcome: Outcome; method: string }): string {
  if (outcome === "refused") return "The service refused what was sent before, so nothing was started";
  return outcomeSentence(outcome, method);
}
