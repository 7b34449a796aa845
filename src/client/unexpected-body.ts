import type { Call } from "./call.js";
import { UnexpectedResponseError } from "./errors.js";
import { jsonOrText } from "./json.js";
import { outcomeSentence } from "./outcome.js";
import { sentences } from "./sentences.js";

/** The error for a success whose body is not the documented one. The operation may have been carried out. */
export function unexpectedBody(status: number, fault: string, text: unknown, call: Call): UnexpectedResponseError {
  call.learnOutcome("unknown");
  const message = sentences(`${status}, but ${fault}`, outcomeSentence(call.outcome, call.method));
  // What nobody expects may hold anything.
  const body = typeof text === "string" ? jsonOrText(call.secrets.redact(text)) : undefined;
  return new UnexpectedResponseError(message, { ...call.errorContext, status, body });
}
