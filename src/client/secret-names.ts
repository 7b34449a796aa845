import { redacted } from "./redacted.js";

/** A header or parameter is secret when its name contains one of these words. */
const secretWords = [
  "token",
  "auth",
  "secret",
  "cookie",
  "session",
  "key",
  "password",
  "passwd",
  "passphrase",
  "pwd",
  "jwt",
  "bearer",
  "signature",
  "credential",
];

/** Whether a header or parameter of this name is taken for a credential. */
export function soundsSecret(name: string): boolean {
  const lower = name.toLowerCase();
  return secretWords.some((word) => lower.includes(word));
}

/** Headers as a hook or a log may see them. */
export function redactHeaders(headers: Iterable<[string, string]>): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, soundsSecret(name) ? redacted : value]));
}
