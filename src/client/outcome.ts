import type { Outcome } from "./errors.js";
import type { Failure } from "./failure.js";
import { isIdempotent } from "./http.js";

/** Statuses below 500 that do not tell whether the operation was carried out: the service may only have been slow. */
const undecidedStatuses = new Set([408]);

/** What a failed response proves about the operation. */
export function outcomeOf({ status, rule }: Failure): Outcome {
  if (rule?.repeat === "always" || rule?.renew) return "refused";
  // The code of a fault of the service keeps its meaning where it comes with another status.
  if (rule && rule.status >= 500) return "unknown";
  return status >= 500 || undecidedStatuses.has(status) ? "unknown" : "refused";
}

/** What a message says about the outcome. Nothing where the service refused, since its own words say that. */
export function outcomeSentence(outcome: Outcome, method: string): string {
  if (outcome === "not-sent") return "Nothing was sent";
  if (outcome === "refused") return "";
  return isIdempotent(method) ? "Repeating is safe" : "It may have been carried out: look before you repeat it";
}
