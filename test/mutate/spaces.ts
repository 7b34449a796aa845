import type { WrongText } from "./prose.js";

/** Every paragraph of a text indented, which makes a block of code of it, and every list item, which moves it a level down. */
export function* indentedTexts(text: string): Generator<WrongText> {
  const paragraphs = text.split("\n\n");
  for (const [index, paragraph] of paragraphs.entries()) {
    const indented = paragraph.replace(/^(?=.)/gm, "    ");
    yield { how: `indent ${shown(paragraph)}`, text: paragraphs.with(index, indented).join("\n\n") };
  }
  for (const { 0: item, index } of text.matchAll(/^- .*/gm)) {
    yield { how: `indent the item ${shown(item)}`, text: `${text.slice(0, index)}  ${text.slice(index)}` };
  }
}

/** What can stand where a space should be, and cannot be told from it or is not seen at all. */
const others: [name: string, characters: string][] = [
  ["a no-break space", "\u00a0"],
  ["a tab", "\t"],
  ["two spaces and a line break", "  \n"],
];

/** Other white space for some spaces of a text. */
export function* spacedTexts(text: string): Generator<WrongText> {
  for (const place of placesOf(text)) {
    const [before, after] = [text.slice(0, place), text.slice(place + 1)];
    for (const [name, characters] of others)
      yield { how: `put ${name} before ${shown(after)}`, text: `${before}${characters}${after}` };
  }
  yield { how: "add two spaces to the end", text: `${text.trimEnd()}  ` };
}

/** The first space of a text, and the first one of all code in it, which somebody copies. */
function placesOf(text: string): number[] {
  const codes = [...text.matchAll(/`[^`]+`/g)].filter(([code]) => code.includes(" "));
  const places = [text.indexOf(" "), ...codes.map(({ index }) => text.indexOf(" ", index))];
  return places.filter((place) => place >= 0);
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 30));
}
