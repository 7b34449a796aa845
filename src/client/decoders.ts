/** Undoes one way of writing a text, once: what it gives may be encoded again. */
export type Decoder = (text: string) => string;

/** Whether there is anything in a text that a decoder may undo. */
export function mayBeEncoded(text: string): boolean {
  return ["\\", "%", "&", "+"].some((character) => text.includes(character));
}

/** Characters that follow each other are found together, because a hostile text has millions of them. */
const escapes = /\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|\\u\{([0-9a-f]{1,6})\}|(?:\\[!-/:-@[-`{-~])+/gi;

/** The escapes of JSON and JavaScript, except for those of control characters, which no credential holds. */
function decodeEscapes(text: string): string {
  return text.replace(escapes, (escaped, unit?: string, byte?: string, codePoint?: string) => {
    const hex = unit ?? byte ?? codePoint;
    return hex === undefined ? escaped.replace(/\\(.)/g, "$1") : character(Number.parseInt(hex, 16));
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

const htmlDecoder =
  (entities: RegExp): Decoder =>
  (text) =>
    text.replace(entities, (entity, hex?: string, decimal?: string, name?: string, nameWithoutSemicolon?: string) => {
      if (hex !== undefined) return character(Number.parseInt(hex, 16));
      if (decimal !== undefined) return character(Number(decimal));
      return namedEntities.get(name ?? nameWithoutSemicolon ?? "") ?? entity;
    });

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

/** Finds entities. How a number ends is a regular expression. */
function entitiesWith(hexEnd: string, decimalEnd: string): RegExp {
  return new RegExp(`&(?:#[xX]0*([0-9a-fA-F]{1,6})${hexEnd}|#0*(\\d{1,7})${decimalEnd}|(\\w+);|(${oldEntities}))`, "g");
}

/** How servers write a text in another way: as in JSON, percent-encoded, as a form, or with the entities of HTML. */
export const decoders: readonly Decoder[] = [
  decodeEscapes,
  decodePercent,
  decodeForm,
  htmlDecoder(entitiesWith(";?", ";?")),
];

/** The same for a text that was cut: at its end, only another character shows where a number ends. */
export const cutDecoders: readonly Decoder[] = [
  decodeEscapes,
  decodePercent,
  decodeForm,
  htmlDecoder(entitiesWith("(?:;|(?=[^0-9a-fA-F;]))", "(?:;|(?=[^\\d;]))")),
];
