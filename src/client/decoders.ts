/** Undoes one way of writing a text, once: what it gives may be encoded again. */
export type Decoder = (text: string) => string;

/** Whether there is anything in a text that a decoder may undo. */
export function mayBeEncoded(text: string): boolean {
  return ["\\", "%", "&", "+"].some((character) => text.includes(character));
}

/**
 * A number, or a character that means itself. Those that follow each other are found together, because a hostile text has millions
 * of them.
 */
const escapes =
  /\\(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|u\{([\da-fA-F]{1,6})\}|([0-3][0-7]{0,2}|[4-7][0-7]?))|(?:\\(?!b|f|n|r|t|u|v|x|[0-7])[!-~])+/g;

/** The escapes of JSON and JavaScript, except for those of control characters, which no credential holds. */
function decodeEscapes(text: string): string {
  return text.replace(escapes, (escaped, unit?: string, byte?: string, codePoint?: string, octal?: string) => {
    const hex = unit ?? byte ?? codePoint;
    if (hex !== undefined) return character(Number.parseInt(hex, 16));
    return octal === undefined ? escaped.replace(/\\(.)/g, "$1") : character(Number.parseInt(octal, 8));
  });
}

const utf8 = new TextEncoder();
/** A byte that is not UTF-8 becomes a replacement character, so that it does not hide those beside it. */
const lenientUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const percentSign = 0x25;

/** All at once, and without exceptions, because a hostile text has hundreds of thousands of bytes that are not UTF-8. */
function decodePercent(text: string): string {
  if (!/%[0-9a-f]{2}/i.test(text)) return text;
  const bytes = utf8.encode(text);
  // In place, since the result is never longer.
  let length = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    const encoded = byte === percentSign ? 16 * hexDigit(bytes[index + 1]) + hexDigit(bytes[index + 2]) : Number.NaN;
    const isEncoded = !Number.isNaN(encoded);
    bytes[length++] = isEncoded ? encoded : byte;
    if (isEncoded) index += 2;
  }
  return lenientUtf8.decode(bytes.subarray(0, length));
}

/** The same for a form, where a plus stands for a space. */
function decodeForm(text: string): string {
  return text.includes("+") ? decodePercent(text.replaceAll("+", " ")) : text;
}

/** The value of a hexadecimal digit in ASCII; NaN for any other byte. */
function hexDigit(byte = 0): number {
  return Number(`0x${String.fromCharCode(byte)}`);
}

function character(codePoint: number): string {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : "";
}

/** The entities of HTML for what a credential can hold: the punctuation of ASCII. */
const namedEntities = new Map([
  ["amp", "&"],
  ["AMP", "&"],
  ["apos", "'"],
  ["ast", "*"],
  ["bsol", "\\"],
  ["colon", ":"],
  ["comma", ","],
  ["commat", "@"],
  ["DiacriticalGrave", "`"],
  ["dollar", "$"],
  ["equals", "="],
  ["excl", "!"],
  ["grave", "`"],
  ["gt", ">"],
  ["GT", ">"],
  ["Hat", "^"],
  ["lbrace", "{"],
  ["lbrack", "["],
  ["lcub", "{"],
  ["lowbar", "_"],
  ["lpar", "("],
  ["lsqb", "["],
  ["lt", "<"],
  ["LT", "<"],
  ["midast", "*"],
  ["num", "#"],
  ["percnt", "%"],
  ["period", "."],
  ["plus", "+"],
  ["quest", "?"],
  ["quot", '"'],
  ["QUOT", '"'],
  ["rbrace", "}"],
  ["rbrack", "]"],
  ["rcub", "}"],
  ["rpar", ")"],
  ["rsqb", "]"],
  ["semi", ";"],
  ["sol", "/"],
  ["UnderBar", "_"],
  ["verbar", "|"],
  ["VerticalLine", "|"],
  ["vert", "|"],
]);

/** The entities that HTML knows without a semicolon too, in small or in capital letters. */
const oldEntities = "amp|AMP|lt|LT|gt|GT|quot|QUOT";
const names = `(?:${[...namedEntities.keys()].join("|")})(?=;)|${oldEntities}`;
const entities = new RegExp(`&(?:#[xX]0*([\\da-fA-F]{1,6})|#0*(\\d{1,7})|(${names}));?`, "g");

function decodeEntities(text: string): string {
  return text.replace(entities, (_, hex?: string, decimal?: string, name = "") => {
    if (hex !== undefined) return character(Number.parseInt(hex, 16));
    return decimal === undefined ? (namedEntities.get(name) ?? "") : character(Number(decimal));
  });
}

/** A way in which servers write a text. */
interface Encoding {
  decode: Decoder;
  /** What may be the beginning of an encoded character, at the end of a text that was cut. */
  cut: RegExp;
}

/** A character in UTF-8 has up to four bytes. */
const cutPercent = /(?:%[c-f][\da-f](?:%[89ab][\da-f]){0,2})?(?:%[\da-f]?)?$/i;

/** As in JSON, percent-encoded, as a form, or with the entities of HTML. */
const encodings: readonly Encoding[] = [
  { decode: decodeEscapes, cut: /\\(?:u[\da-fA-F]{0,3}|u\{[\da-fA-F]{0,6}|x[\da-fA-F]?|[0-7]{0,2})$/ },
  { decode: decodePercent, cut: cutPercent },
  { decode: decodeForm, cut: cutPercent },
  { decode: decodeEntities, cut: new RegExp(`&(?:#(?:[xX][\\da-fA-F]*|\\d*)|(?!${oldEntities})\\w*)$`) },
];

export const decoders = encodings.map(({ decode }) => decode);

/** The same for a text that was cut, without what may be the beginning of an encoded character at its end. */
export const cutDecoders = encodings.map(
  ({ decode, cut }): Decoder =>
    (text) =>
      decode(text.replace(cut, "")),
);
