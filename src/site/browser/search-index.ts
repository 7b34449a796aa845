/** One thing that can be found: a heading, a row of a table, or a piece of text. */
export interface Entry {
  href: string;
  title: string;
  /** The section that it belongs to. */
  section: string;
  text: string;
  /** The tab or the form that it is in, which may be closed. */
  panel?: HTMLDetailsElement | null;
  /** What it is, and in which section: an operation comes before a guide, a heading before a row, and that before text. */
  weight: number;
}

/** The page is its own index: nothing has to be loaded, and everything that is shown can be found. */
export function buildIndex(main: HTMLElement): Entry[] {
  const sections = [...main.querySelectorAll<HTMLElement>(":scope > section")];
  const details = sections.findIndex((section) => section.matches(firstDetail));
  return sections.flatMap((section, at) => {
    if (details >= 0 && at >= details) return entriesOf(section, detailWeight);
    return entriesOf(section, section.matches(".operation") ? operationWeight : 0);
  });
}

/** The section with which the details begin: commands, options, errata, faults and changes. */
const firstDetail = "[aria-labelledby=command-line]";

/** So little that a detail comes before a guide only where the query is its exact name. */
const detailWeight = -40;
/** Enough for the text of an operation to come before a row of another section. */
const operationWeight = 2;

/** How much more a heading counts than a row, a row than the title of a form, and that than a text. */
const headingWeight = 3;
const rowWeight = 2;
const summaryWeight = 1;
const textWeight = 0;

function entriesOf(section: HTMLElement, sectionWeight: number): Entry[] {
  const first = section.querySelector<HTMLElement>("h1, h2");
  const name = textOf(first);
  /** The heading above what is looked at. */
  let heading = { href: `#${first?.id ?? ""}`, title: name };
  const entries: Entry[] = [];
  for (const element of section.querySelectorAll<HTMLElement>("h1, h2, h3, h4, p, li, tr, pre, summary")) {
    // What stands in the form depends on the reader.
    if (element.closest(".try > form")) continue;
    const isHeading = /^H\d$/.test(element.tagName);
    if (isHeading) heading = { href: `#${element.id}`, title: textOf(element) };
    const entry = isHeading ? { ...heading, text: "", weight: headingWeight } : entryOf(element, heading);
    const panel = element.closest("details");
    entries.push({ ...entry, panel, section: name, weight: entry.weight + sectionWeight });
  }
  return entries;
}

/** A row or a form has an address of its own. Any other element is found by the heading above it. */
function entryOf(element: HTMLElement, heading: { href: string; title: string }): Omit<Entry, "section"> {
  const { tagName, id } = element;
  const text = tagName === "TR" ? cellsOf(element).join(" · ") : textOf(element);
  const href = `#${id}`;
  if (id !== "" && tagName === "TR") {
    // The first cell holds more than the name, such as whether a parameter is required.
    const title = textOf(element.querySelector<HTMLElement>("td:first-child code") ?? element.querySelector("td"));
    return { href, title, text, weight: rowWeight };
  }
  if (id !== "" && tagName === "SUMMARY") return { href, title: text, text: "", weight: summaryWeight };
  return { ...heading, text, weight: textWeight };
}

function textOf(element: HTMLElement | null): string {
  // A method bar has a button, whose words are not its own.
  return (element?.dataset.copy ?? element?.textContent ?? "").replace(/\s+/g, " ").trim();
}

function cellsOf(row: Element): string[] {
  return [...row.querySelectorAll<HTMLElement>(":scope > *")].map(textOf).filter((text) => text !== "");
}

/** Words that nearly every entry contains. */
const stopWords = new Set(
  "a an and are at can do does for from how i in is it my of on one or the to what when where which why with".split(
    " ",
  ),
);

/** What the parts of a query add to the score of an entry that has them, and what one takes away that it lacks. */
const exactName = 40;
const wholeQueryInName = 20;
const beginningOfName = 10;
const partOfName = 6;
const wordOfText = 2;
const partOfText = 1;
const missingWord = 10;

/** The words of a query that tell what is looked for, in lower case. */
export function wordsOf(query: string): string[] {
  const all = query
    .toLowerCase()
    .split(/[\s,;?!]+/)
    // As it was copied from a sentence, with quotes, brackets or a colon around it.
    .map((word) => word.replace(/^[^\p{L}\p{N}$/-]+|[^\p{L}\p{N}]+$/gu, ""))
    .filter(Boolean);
  const telling = all.filter((word) => !stopWords.has(word));
  return telling.length > 0 ? telling : all;
}

/** A word without its ending, so that "proxy" finds "proxies". A short word stays whole. */
export function stemOf(word: string): string {
  return word.replace(/^(\w{4,}?)(?:ies|ing|es|s|y|e)$/, "$1");
}

/** How many results of one section are shown before those of all other sections. */
const mostOfSection = 6;

/** The entries that hold every word, or all but one of them, the best first. One heading is shown once. */
export function find(entries: Entry[], query: string, limit: number): Entry[] {
  const words = wordsOf(query).map((word) => ({ word, stem: stemOf(word) }));
  if (words.length === 0) return [];
  const scored = entries.flatMap((entry) => {
    const score = scoreOf(entry, words);
    return score === undefined ? [] : [{ entry, score }];
  });
  scored.sort((a, b) => b.score - a.score);
  const found = new Map<string, Entry>();
  for (const { entry } of scored) if (!found.has(entry.href)) found.set(entry.href, entry);
  const best: Entry[] = [];
  const further: Entry[] = [];
  for (const entry of found.values()) {
    const sameSection = best.filter(({ section }) => section === entry.section);
    (sameSection.length < mostOfSection ? best : further).push(entry);
  }
  return [...best, ...further].slice(0, limit);
}

/** A word of the query, as it was typed and without its ending. */
interface Word {
  word: string;
  stem: string;
}

/** How well an entry matches. Undefined where it does not. */
function scoreOf({ href, title, section, text, weight }: Entry, words: Word[]): number | undefined {
  const name = title.toLowerCase();
  // An operation is known by the address of its section, too.
  const address = href.slice(1).toLowerCase();
  const rest = `${section} ${text}`.toLowerCase();
  const missing = words.filter(({ stem }) => ![name, rest, address].some((place) => place.includes(stem))).length;
  if (missing === words.length || missing > 1) return undefined;
  const restWords = new Set(rest.split(/[^\w.]+/));
  let score = weight - missing * missingWord;
  const query = words.map(({ word }) => word).join(" ");
  if (name === query || address === query) score += exactName;
  else if (name.includes(query)) score += wholeQueryInName;
  for (const { word, stem } of words) {
    if (name.startsWith(stem)) score += beginningOfName;
    else if (name.includes(stem)) score += partOfName;
    else if (restWords.has(word)) score += wordOfText;
    else if (rest.includes(stem)) score += partOfText;
  }
  return score;
}
