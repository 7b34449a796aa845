/** What a secret is replaced by. */
export const redacted = "[redacted]";

/** A header is secret when its name contains one of these words. */
const secretWords = ["token", "auth", "secret", "cookie", "key", "password", "signature", "credential"];

/** Whether the value of a header is a credential. */
export function isSecretHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return secretWords.some((word) => lower.includes(word));
}

/** Headers as a hook or a log may see them. */
export function redactHeaders(headers: Iterable<[string, string]>): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, isSecretHeader(name) ? redacted : value]));
}

/**
 * Takes secrets out of a text that a server or a runtime made, also where it wrote them in another way: escaped as in JSON,
 * percent-encoded, or with HTML entities. Where a secret is found only after decoding, the decoded text is what is returned.
 */
export function redact(text: string, secrets: Iterable<string>): string {
  // The longest first, because one secret may be the beginning of another.
  const all = [...secrets].filter((secret) => secret !== "").sort((a, b) => b.length - a.length);
  if (all.length === 0 || text === "") return text;
  const clean = (form: string) => redactLiterally(form, all);
  const asWritten = clean(text);
  if (!mayBeEncoded(asWritten)) return asWritten;
  // Inside a string of JSON the result has to be a string of JSON again.
  const withStrings = replaceStringLiterals(asWritten, (literal) => redactStringLiteral(literal, clean));
  return redactDecoded(withStrings, clean);
}

/** The shortest beginning of a secret that is taken for one, in characters. */
const shortestBeginning = 4;

/** An encoded character of which the end is missing, at the end of a text: `\u00`, `%2` or `&#4`. */
const brokenEncoding = /(?:\\(?:u[0-9a-f]{0,3})?|%[0-9a-f]?|&[#\w]{0,8})$/i;

/** Takes the beginning of a secret out of the end of a text that was cut, also where it is encoded there. */
export function redactCut(text: string, secrets: Iterable<string>): string {
  const all = [...secrets];
  const clean = (form: string) => withoutBeginning(form, all);
  return redactDecoded(clean(text), clean, cutDecoders);
}

function withoutBeginning(text: string, secrets: readonly string[]): string {
  // Each step of decoding may bring to light another one.
  const whole = text.replace(brokenEncoding, "");
  // Of several secrets that may have begun there, the one that accounts for most of the text.
  const longest = Math.max(0, ...secrets.map((secret) => lengthOfBeginning(whole, secret)));
  return longest === 0 ? text : whole.slice(0, -longest) + redacted;
}

/** How many characters at the end of a text are the beginning of a secret; 0 where they are too few to tell. */
function lengthOfBeginning(text: string, secret: string): number {
  for (let length = secret.length - 1; length >= shortestBeginning; length--) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}

/** Replaces each string of JSON, quotes included. A regular expression would take minutes for a hostile text. */
function replaceStringLiterals(text: string, replace: (literal: string) => string): string {
  let result = "";
  let copied = 0;
  for (let start = text.indexOf('"'); start !== -1; start = text.indexOf('"', copied)) {
    const end = endOfString(text, start);
    if (end === -1) break;
    result += text.slice(copied, start) + replace(text.slice(start, end));
    copied = end;
  }
  return result + text.slice(copied);
}

/** Where the string of JSON that begins there ends; -1 where it does not end. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '"') return index + 1;
    // The character behind a backslash belongs to it.
    if (text[index] === "\\") index++;
  }
  return -1;
}

function redactStringLiteral(literal: string, clean: (form: string) => string): string {
  const content = parseString(literal);
  if (content === undefined) return literal;
  const result = redactDecoded(clean(content), clean);
  return result === content ? literal : JSON.stringify(result);
}

function parseString(literal: string): string | undefined {
  try {
    return JSON.parse(literal);
  } catch {
    return undefined;
  }
}

/** A text can be encoded more than once, such as a request body that a server repeats inside its JSON. */
const decodingRounds = 3;

/**
 * Redacts a text after each step of decoding, because a secret may itself look like an encoding.
 * @returns the text as it was decoded when a secret was found last; the text itself where none was found
 */
function redactDecoded(text: string, clean: (form: string) => string, decoders = wholeDecoders): string {
  let result = text;
  let form = text;
  for (let round = 0; round < decodingRounds && mayBeEncoded(form); round++) {
    for (const decode of decoders) {
      const decoded = decode(form);
      // Hostile texts have many strings that only look encoded.
      if (decoded === form) continue;
      form = clean(decoded);
      if (form !== decoded) result = form;
    }
  }
  return result;
}

function mayBeEncoded(text: string): boolean {
  return ["\\", "%", "&"].some((character) => text.includes(character));
}

/** The entities of HTML for what a credential can hold: the punctuation of ASCII, by every name. */
const namedEntities = new Map([
  ["amp", "&"],
  ["apos", "'"],
  ["ast", "*"],
  ["bsol", "\\"],
  ["colon", ":"],
  ["comma", ","],
  ["commat", "@"],
  ["dollar", "$"],
  ["equals", "="],
  ["excl", "!"],
  ["grave", "`"],
  ["gt", ">"],
  ["Hat", "^"],
  ["lbrace", "{"],
  ["lbrack", "["],
  ["lcub", "{"],
  ["lowbar", "_"],
  ["lpar", "("],
  ["lsqb", "["],
  ["lt", "<"],
  ["midast", "*"],
  ["num", "#"],
  ["percnt", "%"],
  ["period", "."],
  ["plus", "+"],
  ["quest", "?"],
  ["quot", '"'],
  ["rbrace", "}"],
  ["rbrack", "]"],
  ["rcub", "}"],
  ["rpar", ")"],
  ["rsqb", "]"],
  ["semi", ";"],
  ["sol", "/"],
  ["verbar", "|"],
  ["vert", "|"],
]);

/** @param numbers the numeric entities of HTML. Browsers do without the semicolon, and so do some servers */
const decodersWith = (numbers: { hex: RegExp; decimal: RegExp }): ((text: string) => string)[] => [
  (text) => text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  (text) => text.replace(/\\([\\/"])/g, "$1"),
  (text) => text.replace(/(?:%[0-9a-f]{2})+/gi, decodePercent),
  (text) => text.replace(numbers.hex, (_, hex: string) => character(Number.parseInt(hex, 16))),
  (text) => text.replace(numbers.decimal, (_, decimal: string) => character(Number(decimal))),
  (text) => text.replace(/&(\w+);/g, (entity: string, name: string) => namedEntities.get(name) ?? entity),
];

const wholeDecoders = decodersWith({ hex: /&#x([0-9a-f]{1,6});?/gi, decimal: /&#(\d{1,7});?/g });
/** At its end, a text may have been cut within a number, so that only another character ends it. */
const cutDecoders = decodersWith({
  hex: /&#x([0-9a-f]{1,6})(?:;|(?=[^0-9a-f;]))/gi,
  decimal: /&#(\d{1,7})(?:;|(?=[^\d;]))/g,
});

function decodePercent(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    // One byte that is not UTF-8 must not hide the others.
    return encoded.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => character(Number.parseInt(hex, 16)));
  }
}

function character(codePoint: number): string {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : "";
}

/** Whether a secret is too long to occur in a text by chance. A shorter one is only replaced where it stands alone. */
export function isLong(secret: string): boolean {
  return secret.length >= 8;
}

function redactLiterally(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (clean, secret) => (isLong(secret) ? clean.replaceAll(secret, redacted) : replaceWord(clean, secret)),
    text,
  );
}

function replaceWord(text: string, word: string): string {
  let result = "";
  let copied = 0;
  for (let start = text.indexOf(word); start !== -1; start = text.indexOf(word, start + word.length)) {
    const end = start + word.length;
    if (isWordCharacter(text[start - 1]) || isWordCharacter(text[end])) continue;
    result += text.slice(copied, start) + redacted;
    copied = end;
  }
  return result + text.slice(copied);
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_-]/u.test(character);
}

/** The longest text of a server that a message of ours repeats, in characters. */
const longestQuote = 500;

/** Text of a server as a message of ours may repeat it: one line without control characters, cut at 500 characters. */
export function quote(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  if (line.length <= longestQuote) return line;
  // Twice as many code units hold enough code points, and none of them is cut in half.
  return `${[...line.slice(0, 2 * longestQuote)].slice(0, longestQuote - 1).join("")}…`;
}
