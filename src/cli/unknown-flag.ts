import { nearest } from "../client/names.js";
import { UsageError } from "./errors.js";
import type { Flag } from "./flag.js";

/**
 * Words in the name of a flag that say that its value is a credential. The client looks for more of them in the names of
 * headers, but there are flags such as `--auth` and `--key`.
 */
const credentialWords = new Set([
  "ak",
  "sk",
  "token",
  "password",
  "passwd",
  "passphrase",
  "secret",
  "credential",
  "credentials",
  "authorization",
  "bearer",
  "jwt",
  "pwd",
]);
/** The same, where the words by themselves are harmless. */
const credentialPhrases = ["access-key", "secret-key", "api-key", "security-key", "private-key"];

function looksLikeCredential(name: string): boolean {
  const lower = name.toLowerCase().replaceAll("_", "-");
  const hasWord = lower.split("-").some((word) => credentialWords.has(word));
  return hasWord || credentialPhrases.some((phrase) => lower.includes(phrase) || lower === phrase.replace("-", ""));
}

/** The error for what follows one hyphen and is more than a letter: a flag with one hyphen too few, or -h or -v with more. */
export function joinedFlag(written: string, flags: readonly Flag[]): UsageError {
  const short = written.slice(0, 2);
  const isKnown = short === "-h" || short === "-v";
  if (!isKnown || nearestFlag(nameIn(written), flags) !== undefined) return unknownFlag(written, flags);
  return new UsageError(`${short} stands alone: it takes no value, and no other flag can be joined to it`);
}

/** The error for a flag that the command does not have. */
export function unknownFlag(written: string, flags: readonly Flag[]): UsageError {
  const name = nameIn(written);
  const near = nearestFlag(name, flags);
  // What follows one hyphen and a letter may be a secret, as in "-p" and a password.
  const shown = name.startsWith("--") || near !== undefined ? name : name.slice(0, 2);
  if (looksLikeCredential(name.replace(/^-+/, ""))) {
    const refusal = `${shown} is refused: everybody on this machine can read the arguments of a program. Credentials come from the environment, --token-file FILE or --auth instance`;
    return new UsageError(near === undefined ? refusal : `${refusal}. Did you mean ${near}?`);
  }
  const hint = near === undefined ? ". --help lists the flags" : `: did you mean ${near}?`;
  return new UsageError(`there is no flag ${shown}${hint}`);
}

/** The name of a flag as it was written. What follows it may be a secret, as in "--token abc" as one argument. */
function nameIn(written: string): string {
  const [name = ""] = /^-+[\p{L}\p{N}_-]{0,40}/u.exec(written) ?? [];
  return name;
}

function nearestFlag(name: string, flags: readonly Flag[]): string | undefined {
  return nearest(
    name,
    flags.map((flag) => `--${flag.name}`),
  );
}
