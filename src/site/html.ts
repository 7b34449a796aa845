/** HTML that is already escaped. Only `html` and `trusted` make it, so that no text reaches the page unescaped. */
export class Html {
  constructor(private readonly text: string) {}
  toString(): string {
    return this.text;
  }
}

type Part = Html | string | number | undefined | false | readonly Part[];

/** A tagged template: text in it is escaped, HTML is not, lists are joined, `undefined` and `false` leave nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.map((text, index) => text + render(parts[index])).join(""));
}

/** Text that is known to be HTML, such as the output of the Markdown renderer. */
export function trusted(text: string): Html {
  return new Html(text);
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The address of a heading: its words in lower case, joined by hyphens. */
export function slug(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join("-");
}

function render(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.toString();
  if (Array.isArray(part)) return part.map(render).join("");
  return escapeHtml(String(part));
}
