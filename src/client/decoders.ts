/** Undoes one way of writing a text, once: what it gives may be encoded again. */
export type Decoder = (text: string) => string;

/** Whether there is anything in a text that a decoder may undo. */
export function mayBeEncoded(text: string): boolean {
  return ["\\", "%", "&"].some((character) => text.includes(character));
}

/** The escapes of JSON, except for those of control characters, which no credential holds. */
function decodeJson(text: string): string {
  // Characters that follow each other are replaced together, because a hostile text has millions of them.
  return text.replace(/\\u([0-9a-f]{4})|(?:\\[\\/"])+/gi, (escaped, hex?: string) =>
    hex === undefined ? escaped.replace(/\\(.)/g, "$1") : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function decodePercent(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, decodeBytes);
}

function decodeBytes(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    // One byte that is not UTF-8 must not hide the others.
    return encoded.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => character(Number.parseInt(hex, 16)));
  }
}

/** @param entities one of: a hexadecimal number, a decimal number, a name */
const htmlDecoder =
  (entities: RegExp): Decoder =>
  (text) =>
    text.replace(entities, (entity, hex?: string, decimal?: string, name = "") => {
      if (hex !== undefined) return character(Number.parseInt(hex, 16));
      if (decimal !== undefined) return character(Number(decimal));
      return namedEntities.get(name) ?? entity;
    });

function character(codePoint: number): string {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : "";
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

/** How servers write a text in another way: as in JSON, percent-encoded, or with the entities of HTML, also without semicolon. */
export const decoders: readonly Decoder[] = [
  decodeJson,
  decodePercent,
  htmlDecoder(/&(?:#x([0-9a-f]{1,6});?|#(\d{1,7});?|(\w+);)/gi),
];

/** The same for a text that was cut: at its end, only another character shows where a number ends. */
export const cutDecoders: readonly Decoder[] = [
  decodeJson,
  decodePercent,
  htmlDecoder(/&(?:#x([0-9a-f]{1,6})(?:;|(?=[^0-9a-f;]))|#(\d{1,7})(?:;|(?=[^\d;]))|(\w+);)/gi),
];
