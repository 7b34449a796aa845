import { sentences } from "../support/facts.js";

/** A text that went wrong, and how. */
export interface WrongText {
  how: string;
  text: string;
}

/** Words whose exchange turns a sentence into another claim. */
const exchanges: [string, string][] = [
  [" cannot ", " can "],
  [" can ", " cannot "],
  [" is ", " is not "],
  [" are ", " are not "],
  [" must ", " may "],
  [" needs ", " does not need "],
  [" no ", " every "],
  [" only", ""],
  [" not ", " "],
  [" until ", " before "],
  [" before ", " after "],
  [" and ", " or "],
  [" or ", " and "],
  ["at most", "at least"],
];

/** The ways in which a text can go wrong: every sentence of it dropped, negated, changed or moved. */
export function* wrongTexts(text: string): Generator<WrongText> {
  const all = sentences(text);
  for (const [index, sentence] of all.entries()) {
    const where = `"${shortened(sentence)}"`;
    if (all.length > 1) yield { how: `drop ${where}`, text: join(all.toSpliced(index, 1)) };
    for (const { how, text } of wrongSentences(sentence))
      yield { how: `${how} ${where}`, text: join(all.with(index, text)) };
    const next = all[index + 1];
    if (next === undefined) continue;
    yield { how: `swap with the next sentence ${where}`, text: join(all.with(index, next).with(index + 1, sentence)) };
    if (next.startsWith("¶ "))
      yield {
        how: `join with the next paragraph ${where}`,
        text: join(all.with(index + 1, next.replace(/^¶ (- )?/, ""))),
      };
  }
}

/** One sentence with a word, a number or an emphasis changed. */
function* wrongSentences(sentence: string): Generator<WrongText> {
  for (const [from, to] of exchanges) {
    if (sentence.includes(from))
      yield { how: `say "${to.trim()}" for "${from.trim()}" in`, text: sentence.replace(from, to) };
  }
  for (const { 0: number, index } of sentence.matchAll(/\d+/g)) {
    const changed = `${sentence.slice(0, index)}${Number(number) + 1}${sentence.slice(index + number.length)}`;
    yield { how: `change ${number} in`, text: changed };
  }
  for (const { 0: code } of sentence.matchAll(/`[^`]+`/g)) {
    yield { how: `change ${code} in`, text: sentence.replace(code, code.replace(/`$/, "x`")) };
  }
  const words = sentence.split(" ");
  const last = words.length - 2;
  if (last > 0) yield { how: "swap two words of", text: swapped(words, last - 1).join(" ") };
  yield { how: "say the opposite after", text: `${sentence} Never.` };
}

/** The text of a list of sentences, as `sentences` reads it. */
function join(all: string[]): string {
  const text = all.map((sentence) => {
    if (sentence.startsWith("¶ ")) return `\n\n${sentence.slice(2)}`;
    return sentence.startsWith("- ") ? `\n${sentence}` : ` ${sentence}`;
  });
  return text.join("").trim();
}

/** A copy of a list in which an item and the next one have changed places. */
export function swapped<T>(list: readonly T[], index: number): T[] {
  const [first, second] = list.slice(index, index + 2);
  return [...list.slice(0, index), second as T, first as T, ...list.slice(index + 2)];
}

function shortened(sentence: string): string {
  return sentence.length > 40 ? `${sentence.slice(0, 39)}…` : sentence;
}
