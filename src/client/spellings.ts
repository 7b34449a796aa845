import { isLong } from "./credential-parts.js";
import { spaces } from "./one-line.js";
import { redacted } from "./redacted.js";

/** One spelling of a secret. */
export interface Spelling {
  text: string;
  /** The fewest characters that it takes. */
  length: number;
  /** The words of a secret that has spaces: a server may put anything in the place of these that breaks a line. */
  words: readonly string[] | undefined;
}

/** The spellings of secrets, the longest first, because one secret may be the beginning of another. */
export function spellingsOf(secrets: Iterable<string>): readonly Spelling[] {
  return [...secrets].flatMap(spellingsOfOne).sort((a, b) => b.length - a.length);
}

/** A secret, and how a server spells it that takes it for a part of a form. */
function spellingsOfOne(secret: string): Spelling[] {
  if (secret === "") return [];
  const texts = secret.includes("+") ? [secret, secret.replaceAll("+", " ")] : [secret];
  return texts.map((text) => {
    const words = text.split(spaces).filter((word) => word !== "");
    const hasSpaces = words.length > 1 && words.length <= mostWords;
    return hasSpaces
      ? { text, length: words.join(" ").length, words }
      : { text, length: text.length, words: undefined };
  });
}

/** A secret of more words is looked for as it is: to look for so many at each place of a text would take long. */
const mostWords = 50;

/** Replaces each secret where it stands in one of its spellings. */
export function replaceSpellings(text: string, secrets: readonly Spelling[]): string {
  return secrets.reduce((clean, secret) => {
    if (!isLong(secret.text)) return replaceWord(clean, secret.text);
    return secret.words ? replaceWords(clean, secret.words) : clean.replaceAll(secret.text, redacted);
  }, text);
}

/** Replaces words that follow one another, with whatever spaces between them. */
function replaceWords(text: string, words: readonly string[]): string {
  const [first = ""] = words;
  let result = "";
  let copied = 0;
  for (let start = text.indexOf(first); start !== -1; start = text.indexOf(first, start + 1)) {
    const end = endOfWords(text, start, words);
    if (end === undefined || start < copied) continue;
    result += text.slice(copied, start) + redacted;
    copied = end;
  }
  return result + text.slice(copied);
}

/** Where words end that begin at a place of a text. Undefined where other ones stand there. */
function endOfWords(text: string, start: number, words: readonly string[]): number | undefined {
  let end = start;
  for (const [index, word] of words.entries()) {
    const begin = index === 0 ? end : skipSpaces(text, end);
    if (begin === undefined || !text.startsWith(word, begin)) return undefined;
    end = begin + word.length;
  }
  return end;
}

/** Where the spaces end that begin at a place of a text. Undefined where none stands there. */
function skipSpaces(text: string, start: number): number | undefined {
  let end = start;
  while (end < text.length && spaces.test(text.charAt(end))) end++;
  return end > start ? end : undefined;
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

/** The shortest beginning of a secret that is taken for one, in characters. */
const shortestBeginning = 4;

/** Replaces the beginning of a secret at the end of a text that was cut. */
export function replaceBeginning(text: string, secrets: readonly Spelling[]): string {
  // Of several secrets that may have begun there, the one that accounts for most of the text.
  const start = Math.min(...secrets.map((secret) => startOfBeginning(text, secret)));
  return start < text.length ? text.slice(0, start) + redacted : text;
}

/** Where the beginning of a secret starts with which a text ends. Infinity where it ends with none, or with too little of it to tell. */
function startOfBeginning(text: string, { text: secret, words }: Spelling): number {
  const parts = words ?? [secret];
  const head = parts[0]?.slice(0, shortestBeginning) ?? "";
  // There may be any number of spaces between words.
  let start = text.indexOf(head, words ? 0 : text.length - secret.length);
  while (start !== -1 && start <= text.length - shortestBeginning) {
    if (endsWithin(text, start, parts)) return start;
    start = text.indexOf(head, start + 1);
  }
  return Number.POSITIVE_INFINITY;
}

/** Whether a text ends among words that begin at a place of it. */
function endsWithin(text: string, start: number, words: readonly string[]): boolean {
  let begin: number | undefined = start;
  for (const word of words) {
    if (begin === undefined) return false;
    if (word.startsWith(text.slice(begin))) return true;
    if (!text.startsWith(word, begin)) return false;
    begin = skipSpaces(text, begin + word.length);
  }
  return false;
}
