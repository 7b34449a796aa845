import { stringify } from "yaml";
import { type Operation, operationsOf } from "../description/operations.js";
import type { Spec } from "../description/spec.js";
import { clientOptionsMarkdown } from "./client-options.js";
import { commandLineMarkdown } from "./command-help.js";
import { siteFiles } from "./files.js";
import { allGuides, type Guides } from "./guides.js";
import { escapeHtml } from "./html.js";
import { simplestSamples } from "./operation-samples.js";
import type { Content } from "./page.js";
import { changeProse, withoutLocalLinks } from "./prose.js";
import { fence, type Sample, type Samples, withSamples } from "./samples.js";

/** The description as YAML. */
export function openapiYaml(bundle: Spec): string {
  return stringify(bundle, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** https://llmstxt.org */
export function llmsIndex({ info }: Spec, guides: Guides): string {
  const listed = siteFiles.filter(({ title }) => title !== undefined);
  const links = listed.map(({ name, title, content }) => `- [${title}](${name})${content ? `: ${content}` : ""}`);
  const titles = allGuides(guides).map(({ title }) => title);
  return `# ${info.title}

> ${info.summary}

${links.join("\n")}

The guides: ${titles.join("; ")}
`;
}

/** Everything as Markdown that costs few tokens: without padding in tables and without HTML, with the samples in place. */
export function llmsFull({ description, guides, samples, commands, types }: Content, reference: string): string {
  const operations = operationsOf(description);
  const parts = reference.split(/^(?=## )/m).map((part) => withOwnSamples(part, operations, samples));
  const texts = allGuides(guides).map((guide) => `# ${guide.title}\n\n${plain(withSamples(guide, samples, labelled))}`);
  const options = plain(clientOptionsMarkdown(types)).trim();
  return `${[parts.join("").trim(), commandLineMarkdown(commands).trim(), options, ...texts].join("\n\n")}\n`;
}

/** https://www.sitemaps.org. It names whole addresses only, so there is none until the address is known. */
export function sitemap(address: URL): string {
  // The address of the site itself is that of its first page.
  const paths = siteFiles.filter(({ isInSitemap }) => isInSitemap).map(({ name }) => name.replace("index.html", ""));
  const urls = paths.map((path) => `<url><loc>${escapeHtml(new URL(path, address).href)}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("\n")}
</urlset>
`;
}

function withOwnSamples(part: string, operations: Operation[], samples: Samples): string {
  const [, operationId] = /^## <a id="([^"]*)"><\/a>/.exec(part) ?? [];
  const operation = operations.find((one) => one.operationId === operationId);
  if (operation === undefined) return plain(part);
  return `${plain(part).trim()}\n\n### Samples\n\n${labelled(simplestSamples(operation, samples))}\n\n`;
}

function labelled(samples: readonly Sample[]): string {
  return samples.map((sample) => `${sample.language.label}:\n\n${fence(sample)}`).join("\n\n");
}

function plain(markdown: string): string {
  return changeProse(markdown, (prose) => {
    const text = prose.replace(/<!--[\s\S]*?-->\n*/g, "").replace(/<a id="[^"]*"><\/a>/g, "");
    const lines = withoutLocalLinks(text).split("\n");
    return lines.map((line) => (line.startsWith("|") ? squeezed(line) : line)).join("\n");
  });
}

/** A row of a table without what only aligns it. */
function squeezed(row: string): string {
  // A bar that belongs to a cell has a backslash before it.
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
  return cells.map((cell) => (/^-+$/.test(cell) ? "-" : cell)).join("|");
}
