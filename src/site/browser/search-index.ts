/** One thing that can be found: a heading, a row of a table, or a piece of text. */
export interface Entry {
  href: string;
  title: string;
  /** The section that it belongs to. */
  section: string;
  text: string;
  /** Headings and rows with an address of their own come before text. */
  weight: number;
}

/** The page is its own index: nothing has to be loaded, and everything that is shown can be found. */
export function indexOf(main: HTMLElement): Entry[] {
  return [...main.querySelectorAll<HTMLElement>(":scope > section")].flatMap(entriesOf);
}

function entriesOf(section: HTMLElement): Entry[] {
  const heading = section.querySelector<HTMLElement>("h1, h2");
  const name = textOf(heading);
  let href = `#${heading?.id ?? ""}`;
  let title = name;
  const entries: Entry[] = [];
  for (const element of section.querySelectorAll<HTMLElement>("h1, h2, h3, h4, p, li, tr, pre, summary")) {
    // What stands in the form depends on the reader.
    if (element.closest(".try > form")) continue;
    const text = element.tagName === "TR" ? cellsOf(element).join(" · ") : textOf(element);
    if (/^H\d$/.test(element.tagName)) {
      href = `#${element.id}`;
      title = text;
      entries.push({ href, title, section: name, text: "", weight: 3 });
      continue;
    }
    if (element.id !== "" && element.tagName === "TR") {
      // The first cell holds more than the name, such as whether a parameter is required.
      const title = textOf(element.querySelector<HTMLElement>("td:first-child code") ?? element.querySelector("td"));
      entries.push({ href: `#${element.id}`, title, section: name, text, weight: 2 });
      continue;
    }
    if (element.id !== "" && element.tagName === "SUMMARY") {
      entries.push({ href: `#${element.id}`, title: text, section: name, text: "", weight: 1 });
      continue;
    }
    entries.push({ href, title, section: name, text, weight: 0 });
  }
  return entries;
}

function textOf(element: HTMLElement | null): string {
  // A method bar has a button, whose words are not its own.
  return (element?.dataset.copy ?? element?.textContent ?? "").replace(/\s+/g, " ").trim();
}

function cellsOf(row: Element): string[] {
  return [...row.querySelectorAll<HTMLElement>(":scope > *")].map(textOf).filter((text) => text !== "");
}

/** Stop words. */
const stopWords = new Set(
  "a an and are at can do does for from how i in is it my of on one or the to what when where which why with".split(
    " ",
  ),
);

/** The penalty for a word of the query that an entry lacks. */
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
  return [...found.values()].slice(0, limit);
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
  if (name.includes(words.map(({ word }) => word).join(" "))) score += 20;
  for (const { word, stem } of words) {
    if (name === word || address === word) score += 20;
    else if (name.startsWith(stem)) score += 10;
    else if (name.includes(stem)) score += 6;
    else if (restWords.has(word)) score += 2;
    else if (rest.includes(stem)) score += 1;
  }
  return score;
}
