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
    const text = textOf(element);
    if (/^H\d$/.test(element.tagName)) {
      href = `#${element.id}`;
      title = text;
      entries.push({ href, title, section: name, text: "", weight: 3 });
      continue;
    }
    if (element.id !== "" && element.tagName === "TR") {
      const [first, ...cells] = [...element.children].map((cell) => textOf(cell));
      entries.push({ href: `#${element.id}`, title: first ?? "", section: name, text: cells.join(" "), weight: 2 });
      continue;
    }
    entries.push({ href, title, section: name, text, weight: 0 });
  }
  return entries;
}

function textOf(element: Element | null): string {
  return (element?.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** The entries that hold every word, the best first. One heading is shown once. */
export function find(entries: Entry[], query: string, limit: number): Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const scored = entries.map((entry) => ({ entry, score: scoreOf(entry, words) })).filter(({ score }) => score > 0);
  scored.sort((a, b) => b.score - a.score);
  const found = new Map<string, Entry>();
  for (const { entry } of scored) if (!found.has(entry.href)) found.set(entry.href, entry);
  return [...found.values()].slice(0, limit);
}

function scoreOf({ title, section, text, weight }: Entry, words: string[]): number {
  const name = title.toLowerCase();
  const rest = `${section} ${text}`.toLowerCase();
  let score = weight;
  for (const word of words) {
    if (name === word) score += 20;
    else if (name.startsWith(word)) score += 10;
    else if (name.includes(word)) score += 6;
    else if (rest.includes(word)) score += 1;
    else return 0;
  }
  return score;
}
