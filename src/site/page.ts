import { readFile } from "node:fs/promises";
import { transform } from "esbuild";
import { Marked, type Tokens } from "marked";
import { operationsOf, type Spec } from "../generate/description.js";
import type { Guide, Samples } from "./docs.js";

/**
 * The page as plain HTML: the whole reference and the guides, complete without JavaScript. With it, Redoc is loaded after
 * the first paint and takes its place.
 */
export async function page(spec: Spec, markdown: string, guides: Guide[], samples: Samples): Promise<string> {
  const style = await asset("page.css");
  const takeOver = await asset("take-over.ts");
  const [, ...parts] = markdown.split(/^# .*$/m);
  const ofGuide = ({ title, text }: Guide) => ({ title, level: 2, text, slug: slug(title) });
  const sections = [
    { title: spec.info.title, level: 1, text: parts.join("").replace(/\n## [\s\S]*/, ""), slug: "top" },
    ...guides.slice(0, 1).map(ofGuide),
    ...split(parts.join("")).map((section) => ({ ...section, level: 2 })),
    ...guides.slice(1).map(ofGuide),
  ].map((section) => ({ ...section, slug: operationTitled(spec, section.title)?.operationId ?? section.slug }));
  const body = sections
    .map(({ title, level, text, slug: id }) => {
      const tabs = samples[id];
      const extra = tabs?.length ? samplesHtml(tabs) : "";
      const [head, rest] =
        id in samples && text.includes("### Parameters")
          ? [text.slice(0, text.indexOf("### Parameters")), text.slice(text.indexOf("### Parameters"))]
          : [text, ""];
      return `<section aria-labelledby="${id}">\n<h${level} id="${id}" data-redoc="${redocAddress(spec, title)}">${escapeHtml(title)}</h${level}>\n${html(head, id)}${extra}${html(rest, id)}</section>`;
    })
    .join("\n");
  const links = sections.map(({ title, slug: id }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`).join("\n");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'unsafe-inline' file:; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(spec.info.summary)}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(spec.info.title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<script>try{const mode=localStorage.getItem("redoc.colorMode");if(mode==="light"||mode==="dark")document.documentElement.classList.add(mode)}catch{}if(/^(#\\/|$)/.test(location.hash))document.documentElement.classList.add("early")</script>
</head>
<body>
<a class="skip" href="#top">Skip to the content</a>
<div id="plain">
<header>
<strong>${escapeHtml(spec.info.title)}</strong> <span>${spec.info.version}</span>
<button type="button" id="interactive" hidden>Interactive view</button>
</header>
<nav aria-label="Contents">
<ul>
${links}
</ul>
<ul>
<li><a href="openapi.json">openapi.json</a></li>
<li><a href="openapi.yaml">openapi.yaml</a></li>
<li><a href="reference.md">reference.md</a></li>
<li><a href="llms.txt">llms.txt</a></li>
</ul>
</nav>
<main>
${withAnchors(body)}
</main>
</div>
<header class="only-interactive unseen"><h1>${escapeHtml(spec.info.title)}</h1></header>
<div id="redoc" hidden></div>
<button type="button" id="back" class="only-interactive">Plain page</button>
<script>${takeOver}</script>
</body>
</html>
`;
}

/** A file beside this one, as the browser takes it. */
async function asset(name: string): Promise<string> {
  const source = await readFile(new URL(name, import.meta.url), "utf8");
  const { code } = await transform(source, {
    loader: name.endsWith(".css") ? "css" : "ts",
    minify: true,
    target: "chrome100",
    format: name.endsWith(".css") ? undefined : "iife",
  } as object);
  return code.trim();
}

/** Where Redoc has the same section; empty for the top, and for what it shows elsewhere. */
function redocAddress(spec: Spec, title: string): string {
  const operation = operationTitled(spec, title);
  if (operation) return `#/${operation.tags[0]}/${operation.operationId}`;
  return title === spec.info.title || title === "Servers" || title === "Security schemes"
    ? ""
    : `#/${title.replace(/[^\w]+/g, "-")}`;
}

/** The sections under each second-level heading. */
function split(markdown: string): { title: string; text: string; slug: string }[] {
  return markdown
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = "", ...text] = section.split("\n");
      return { title, text: text.join("\n"), slug: slug(title) };
    });
}

function html(markdown: string, prefix: string): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const level = Math.max(3, depth);
        return `<h${level} id="${prefix}-${slug(text)}">${this.parser.parseInline(tokens)}</h${level}>\n`;
      },
      // A wide table scrolls by itself, by keyboard too, and never the page.
      table(token: Tokens.Table) {
        const cell = (tag: string, { tokens }: Tokens.TableCell) =>
          `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
        const row = (tag: string, cells: Tokens.TableCell[]) =>
          `<tr>${cells.map((one) => cell(tag, one)).join("")}</tr>\n`;
        const label = token.header.map(({ text }) => text).join(", ");
        return `<div class="scroll" tabindex="0" role="group" aria-label="Table: ${escapeHtml(label)}"><table>\n<thead>${row("th", token.header)}</thead>\n<tbody>${token.rows.map((cells) => row("td", cells)).join("")}</tbody>\n</table></div>\n`;
      },
      code({ text, lang }: Tokens.Code) {
        return `<pre tabindex="0" aria-label="${escapeHtml(lang || "text")}"><code>${escapeHtml(text)}</code></pre>\n`;
      },
    },
  });
  return marked.parse(markdown, { async: false });
}

/** One under the other, the first open: a reader without JavaScript opens the others. */
function samplesHtml(samples: Samples[string]): string {
  const blocks = samples.map(
    ({ label, source }, index) =>
      `<details${index ? "" : " open"}><summary>${escapeHtml(label)}</summary>\n<pre tabindex="0" aria-label="${escapeHtml(label)} sample"><code>${escapeHtml(source)}</code></pre>\n</details>`,
  );
  return `<h3>Samples</h3>\n${blocks.join("\n")}\n`;
}

/** The anchor of an error code is its whole row, and the code is the link to it. */
function withAnchors(body: string): string {
  return body.replace(/<tr><td><a id="([^"]+)"><\/a>(<code>[^<]+<\/code>)/g, '<tr id="$1"><td><a href="#$1">$2</a>');
}

/** The operation that a section is about. */
function operationTitled(spec: Spec, title: string) {
  return operationsOf(spec).find(({ operation }) => operation.summary === title)?.operation;
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
