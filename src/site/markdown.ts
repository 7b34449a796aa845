import { posix } from "node:path";
import { Marked, type RendererObject, type Tokens } from "marked";
import { Problem } from "../shared/problem.js";
import { escapeHtml, type Html, html, slug, trusted } from "./html.js";
import { type Sample, type Samples, samplesOfParagraph } from "./samples.js";
import { codeBlock, sampleTabs } from "./view/code.js";
import { table } from "./view/table.js";

/** What a text may point to. */
export interface Targets {
  /** Inline code that is a link wherever it stands, such as an error code → its address. */
  codes: ReadonlyMap<string, string>;
  /** Words that are explained somewhere, such as project_id → address. The first of each in a text is a link. */
  terms: ReadonlyMap<string, string>;
  /** Files of the repository that are sections of the page → address. */
  files: ReadonlyMap<string, string>;
  samples: Samples;
}

/** Where a text stands. */
export interface Place {
  /** The file that the text comes from: its links start there, and problems name it. */
  file: string;
  /** The address of the section. */
  id: string;
  /** The words of `Targets.terms` mean something else here, so they are not links. */
  ownTerms?: boolean;
}

/** Renders the Markdown of one place. */
export interface TextAt {
  block(markdown: string): Html;
  inline(markdown: string): Html;
}

/** Renders Markdown for the page: with links to what it names, samples in place of links to their files, and coloured code. */
export class Renderer {
  /** Samples are shown in groups of tabs, and each group needs a name of its own. */
  private groups = 0;
  /** Samples already shown: the first language of each → its address. */
  private readonly shown = new Map<Sample, string>();

  constructor(private readonly targets: Targets) {}

  /** A text of several paragraphs. Its headings get addresses below that of the section. */
  block(markdown: string, place: Place): Html {
    return withoutReportRequest(() => this.parser(place).parse(markdown, { async: false }));
  }

  /** A text within a line, such as a cell of a table. */
  inline(markdown: string, place: Place): Html {
    return withoutReportRequest(() => this.parser(place).parseInline(markdown, { async: false }));
  }

  /** The same two for texts that stand in one place. */
  at(place: Place): TextAt {
    return {
      block: (markdown) => this.block(markdown, place),
      inline: (markdown) => this.inline(markdown, place),
    };
  }

  /** A name for a group of tabs. */
  group(): string {
    this.groups += 1;
    return `tabs-${this.groups}`;
  }

  /**
   * A sample in its languages. Where it was shown before, a link to that.
   * @param name of a sample that has no file
   */
  sample(samples: readonly Sample[], name?: string): Html {
    const [first] = samples;
    const before = first && this.shown.get(first);
    if (before !== undefined) return html`<p><a href="#${before}">The sample is shown above.</a></p>\n`;
    const group = this.addressOf(first) ?? (name === undefined ? this.group() : `sample-${slug(name)}`);
    if (first) this.shown.set(first, group);
    return sampleTabs(group, samples);
  }

  /** The address of a sample, which stays as long as its file keeps its name. */
  private addressOf(sample: Sample | undefined): string | undefined {
    const entry = [...this.targets.samples].find(([, samples]) => samples.some((one) => one === sample));
    return entry && `sample-${slug(entry[0])}`;
  }

  private parser(place: Place): Marked {
    const links = new TextLinks(this.targets, place);
    const sampleOf = ({ text }: Tokens.Paragraph) => {
      const samples = samplesOfParagraph(text, place.file, this.targets.samples);
      return samples && this.sample(samples);
    };
    return new Marked({ renderer: { ...blockRules(sampleOf), ...linkRules(links, place), ...refusals(place) } });
  }
}

/** Inline code. Longer one may be broken into lines at the joints of a path, a host or an action, and nowhere else. */
export function breakable(text: string): Html {
  const parts = text.length < 24 ? [text] : text.split(/(?<=\S[/:])(?!\/)|(?<= )|(?=[?&])|(?=\.[^.]+\.)/);
  return html`<code>${parts.map((part, index) => html`${index > 0 && html`<wbr>`}${part}`)}</code>`;
}

/** Where the words and the links of one text lead. */
class TextLinks {
  /** The explanations that a link of this text leads to already. */
  private readonly explained = new Set<string>();
  private insideLink = false;

  constructor(
    private readonly targets: Targets,
    private readonly place: Place,
  ) {}

  /** Where inline code, or an emphasized term, leads, if anywhere. */
  destination(text: string): string | undefined {
    // A link within a link would end the outer one.
    if (this.insideLink) return undefined;
    return this.targets.codes.get(text) ?? this.explanation(text);
  }

  private explanation(text: string): string | undefined {
    const address = this.targets.terms.get(slug(text));
    if (address === undefined || this.place.ownTerms || this.explained.has(address)) return undefined;
    if (address.startsWith(`#${this.place.id}`)) return undefined;
    this.explained.add(address);
    return address;
  }

  /** Renders the text of a link. */
  within(render: () => string): string {
    this.insideLink = true;
    const text = render();
    this.insideLink = false;
    return text;
  }

  /** Where a link leads on the page: a file of the repository is a section of it. */
  address(href: string): string {
    if (href.startsWith("https:")) return href;
    const { files } = this.targets;
    const { file } = this.place;
    const [path = "", anchor] = href.split("#");
    // Only a guide has addresses of its own: the reference, and the texts in it, have those of the page.
    if (path === "" && !files.has(file)) return href;
    const section = files.get(path === "" ? file : posix.join(posix.dirname(file), path));
    if (section === undefined) throw new Problem(`${file}: the link "${href}" leads to no section of the page.`);
    if (anchor === undefined) return section;
    return section === "#top" ? `#${anchor}` : `${section}-${slug(anchor)}`;
  }
}

/** @param sampleOf the sample that a paragraph stands for, if it does */
function blockRules(sampleOf: (paragraph: Tokens.Paragraph) => Html | undefined): RendererObject {
  return {
    table({ header, rows }) {
      const columns = header.map(({ text }) => text.replaceAll("`", ""));
      const cells = (row: Tokens.TableCell[]) => row.map(({ tokens }) => trusted(this.parser.parseInline(tokens)));
      return table(
        columns.join(", "),
        columns,
        rows.map((row) => ({ cells: cells(row) })),
      ).toString();
    },
    code({ text, lang }) {
      return codeBlock(text, lang || "text").toString();
    },
    paragraph(token) {
      return sampleOf(token)?.toString() ?? `<p>${this.parser.parseInline(token.tokens)}</p>\n`;
    },
  };
}

/** What is a link, or may become one. */
function linkRules(links: TextLinks, place: Place): RendererObject {
  const linked = (text: string, words: Html) => {
    const href = links.destination(text);
    return href === undefined ? words.toString() : html`<a href="${href}">${words}</a>`.toString();
  };
  return {
    heading({ tokens, depth, text }) {
      if (containsLink(tokens)) {
        throw new Problem(
          `${place.file}: the heading "${text}" contains a link, but it is one itself, to its own address. Put the link below it.`,
        );
      }
      const level = Math.max(3, Math.min(depth + 1, 6));
      const id = `${place.id}-${slug(text)}`;
      return `<h${level} id="${id}"><a href="#${id}">${links.within(() => this.parser.parseInline(tokens))}</a></h${level}>\n`;
    },
    codespan({ text }) {
      return linked(text, breakable(text));
    },
    em({ tokens, text }) {
      return linked(text, html`<em>${trusted(this.parser.parseInline(tokens))}</em>`);
    },
    link({ href, tokens }) {
      return `<a href="${escapeHtml(links.address(href))}">${links.within(() => this.parser.parseInline(tokens))}</a>`;
    },
  };
}

/** @param tokens marked gives those of a link the type "link", also to a bare address */
function containsLink(tokens: Tokens.Generic[] = []): boolean {
  return tokens.some(({ type, tokens: inner }) => type === "link" || containsLink(inner));
}

/** What no text of the page may contain. */
function refusals({ file }: Place): RendererObject {
  return {
    image({ href }) {
      throw new Problem(
        `${file} shows the image "${href}". The policy of the page allows no images: use words or a table.`,
      );
    },
    html({ text }) {
      if (text.trim().startsWith("<!--")) return "";
      throw new Problem(
        `${file} contains the HTML "${text.trim()}". Only Markdown is checked, so write it in Markdown.`,
      );
    },
  };
}

/** Renders Markdown. marked appends "Please report this…" to every error; it is removed. */
function withoutReportRequest(render: () => string): Html {
  try {
    return trusted(render());
  } catch (error) {
    if (error instanceof Problem) error.message = error.message.replace(/\nPlease report this to .*$/s, "");
    throw error;
  }
}
