import { cutDecoders, type Decoder, decoders, mayBeEncoded } from "./decoders.js";
import { type Effort, withinEffort } from "./effort.js";
import { parseJson } from "./json.js";
import { asItIs, type Replace, replaceParts } from "./json-strings.js";
import { redacted } from "./redacted.js";
import { replaceBeginning, replaceSpellings, type Spelling, spellingsOf } from "./spellings.js";

/**
 * Takes secrets out of a text that a server or a runtime made, also where it wrote them in another way: escaped as in JSON,
 * percent-encoded, or with HTML entities. Where a secret is found only after decoding, the decoded text is what is returned.
 */
export function redact(text: string, secrets: Iterable<string>): string {
  return redactSpellings(text, spellingsOf(secrets));
}

/** The same for whoever redacts many texts: a token may be long, and how it can be spelled is found out once. */
export function redactSpellings(text: string, secrets: readonly Spelling[]): string {
  const shortest = secrets.at(-1)?.length;
  // Nothing is longer once it is decoded.
  if (shortest === undefined || text.length < shortest) return text;
  return withinEffort(text, (effort) => {
    const clean = searching(replaceSpellings, secrets, effort);
    const asWritten = redactAsWritten(text, clean);
    if (!mayBeEncoded(asWritten)) return asWritten;
    // Inside a string of JSON the result has to be a string of JSON again.
    const withStrings = replaceParts(asWritten, (literal) =>
      literal.length < shortest ? literal : redactStringLiteral(literal, clean, effort),
    );
    // Outside its strings, JSON has nothing that is encoded.
    return parseJson(withStrings) ? withStrings : redactDecoded(withStrings, clean, effort);
  });
}

/** Takes out secrets that are not encoded. JSON stays JSON, because a caller needs the error code in it. */
function redactAsWritten(text: string, clean: Replace): string {
  const result = clean(text);
  if (result === text || !parseJson(text) || parseJson(result)) return result;
  // A number, or a word of JSON, is replaced by a string.
  const asString = (value: string) => (clean(value) === value ? value : `"${redacted}"`);
  return clean(replaceParts(text, asItIs, (between) => between.replace(/[^\s,:[\]{}]+/g, asString)));
}

/** The same for a text that was cut: takes the beginning of a secret out of its end, too, also where it is encoded there. */
export function redactCutSpellings(text: string, secrets: readonly Spelling[]): string {
  const withoutWhole = redactSpellings(text, secrets);
  return withinEffort(withoutWhole, (effort) => {
    const clean = searching(replaceBeginning, secrets, effort);
    return redactDecoded(clean(withoutWhole), clean, effort, cutDecoders);
  });
}

/** Replaces secrets in one form of a text, as long as there is effort left. */
function searching(replace: typeof replaceSpellings, secrets: readonly Spelling[], effort: Effort): Replace {
  return (form) => {
    effort.spendOnSearch(form, secrets.length);
    return replace(form, secrets);
  };
}

function redactStringLiteral(literal: string, clean: Replace, effort: Effort): string {
  effort.spendOnDecoding(literal);
  const content = parseJson(literal)?.value;
  if (typeof content !== "string") return literal;
  const cleaned = clean(content);
  const result = mayBeEncoded(cleaned) ? redactDecoded(cleaned, clean, effort) : cleaned;
  return result === content ? literal : JSON.stringify(result);
}

/** A text can be encoded more than once, such as a request body that a server repeats inside its JSON. */
const decodingRounds = 3;
/** How often a text is decoded and searched again after a find. One that hides still more is not shown. */
const mostFinds = 8;

/**
 * Redacts a text in each form that decoding brings to light.
 * @returns the form in which a secret was found last; the text itself where none was found; nothing of it where it hides
 * secrets in so many ways that only an attacker can have written it
 */
function redactDecoded(text: string, clean: Replace, effort: Effort, ways = decoders): string {
  let result = text;
  for (let finds = 0; finds < mostFinds; finds++) {
    const found = firstRedactedForm(result, clean, effort, ways);
    if (found === undefined) return result;
    result = found;
  }
  return redacted;
}

/** The first decoded form of a text that has a secret, without it. Undefined where there is none. */
function firstRedactedForm(text: string, clean: Replace, effort: Effort, ways: readonly Decoder[]): string | undefined {
  let forms = new Set([text]);
  for (let round = 0; round < decodingRounds; round++) {
    const decodedForms = new Set<string>();
    // Each way on each form, because a part of a secret may itself look as if it were encoded.
    for (const form of forms) {
      for (const decode of ways) {
        effort.spendOnDecoding(form);
        const decoded = decode(form);
        // Hostile texts have many strings that only look encoded.
        if (decoded === form) continue;
        const redactedForm = clean(decoded);
        if (redactedForm !== decoded) return redactedForm;
        decodedForms.add(decoded);
      }
    }
    forms = decodedForms;
  }
  return undefined;
}
