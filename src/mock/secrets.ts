import { signatureScheme } from "../client/auth/signature.js";
import { isLong, partsOf } from "../client/credential-parts.js";
import { queryOf, redactTarget } from "../client/query.js";
import { redactCutSpellings, redactSpellings } from "../client/redact.js";
import { redacted } from "../client/redacted.js";
import { soundsSecret } from "../client/secret-names.js";
import { type Spelling, spellingsOf } from "../client/spellings.js";

/** At most this many secrets of a request are searched for in other places, because a cookie may have thousands of words. */
const mostSecrets = 100;
/** Words of an Authorization that are not secret. */
const knownWords = new Set([signatureScheme]);

/** Shows a request and its answer without the credentials that the request carried. `soundsSecret` knows their names. */
export class Redactor {
  readonly #spellings: readonly Spelling[];

  constructor(headers: Readonly<Record<string, string>>, target: string) {
    const values = [...Object.entries(headers), ...queryOf(target)]
      .filter(([name]) => soundsSecret(name))
      .map(([, value]) => value);
    const words = new Set(values.flatMap(secretsIn));
    // Whole values come first, so that many cookies cannot displace a token.
    const secrets = new Set([...values.filter(isLong), ...byLength(words)]);
    this.#spellings = spellingsOf([...secrets].slice(0, mostSecrets));
  }

  /** A request target without the values of its secret parameters, however short they are. */
  target(target: string): string {
    return this.text(redactTarget(target));
  }

  text(text: string): string {
    return redactSpellings(text, this.#spellings);
  }

  values(values: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.text(value)]));
  }

  /**
   * The first `length` characters of a text, redacted, also where the cut has halved a secret. A text that is not longer is
   * redacted as a whole, which may lengthen it.
   */
  beginning(text: string, length: number): string {
    if (text.length <= length) return this.text(text);
    // Cut first, because it may be 12 MB long, and as a copy, because a slice would keep all of it.
    const cut = copyOfStart(text, length);
    return copyOfStart(redactCutSpellings(cut, this.#spellings), length);
  }

  headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    const shown: Record<string, string> = {};
    for (const [name, value] of Object.entries(headers)) {
      shown[name] = soundsSecret(name) ? redacted : this.text(value);
    }
    return shown;
  }
}

/**
 * A credential and its parts, also as a query has them. Short parts are only redacted in their own header or query parameter, since
 * they also occur by chance: a test's token may be "any".
 */
function secretsIn(value: string): string[] {
  const parts = [...partsOf(value), ...basicParts(value)].filter((part) => !knownWords.has(part));
  return parts.flatMap((part) => [part, encodeURIComponent(part)]);
}

/** The user and the password behind "Basic", where they are one word in base64. */
function basicParts(credential: string): string[] {
  const [, encoded = ""] = /^basic\s+(\S+)$/i.exec(credential) ?? [];
  const [user = "", ...password] = Buffer.from(encoded, "base64").toString().split(":");
  return [user, password.join(":")].filter(isLong);
}

/** A slice would keep the whole text in memory. */
function copyOfStart(text: string, length: number): string {
  return Buffer.from(text.slice(0, length), "utf16le").toString("utf16le");
}

/** The longest first, because one secret may be the beginning of another. */
function byLength(secrets: Iterable<string>): string[] {
  return [...secrets].sort((one, other) => other.length - one.length);
}
