import { optionFlagName } from "../shared/flag-name.js";
import type { OptionError } from "../shared/option-error.js";

/** The usage or the input is wrong. Nothing was sent. */
export class UsageError extends Error {}

/** There are no credentials, or they must not be used. Nothing was sent. */
export class CredentialsError extends Error {}

/** The error for an option, in the name of the flag that gives it. */
export function aboutFlag({ option, reason }: OptionError): UsageError {
  return new UsageError(`--${optionFlagName(option)} ${reason}`);
}
