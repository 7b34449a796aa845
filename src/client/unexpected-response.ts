import type { Call } from "./call.js";
import { UnexpectedResponseError } from "./errors.js";
import { jsonOrText } from "./json.js";
import { outcomeSentence } from "./outcome.js";
import { sentences } from "./sentences.js";

/**
 * The error for a response that the description does not know, with what is known of the outcome.
 * @param fault what is wrong with it
 * @param body its body, without secrets
 */
export function unexpectedResponse(status: number, fault: string, body: unknown, call: Call): UnexpectedResponseError {
  const message = sentences(fault, outcomeSentence(call.outcome, call.method));
  return new UnexpectedResponseError(message, { ...call.errorContext, status, body });
}

/** The same for a success whose body is not the documented one. What nobody expects may hold anything, also secrets. */
export function unexpectedBody(status: number, fault: string, text: unknown, call: Call): UnexpectedResponseError {
  const body = typeof text === "string" ? jsonOrText(call.secrets.redact(text)) : undefined;
  return unexpectedResponse(status, `${status}, but ${fault}`, body, call);
}
