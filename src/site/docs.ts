import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { operationsOf, type Spec } from "../generate/description.js";
import { errorTable } from "../generate/reference.js";
import { Problem, redocly, root } from "../redocly.js";
import { embedded, languages } from "./embed.js";
import { page } from "./page.js";

export const folder = join(root, "dist", "docs");

/** By operationId, in the order in which they are shown. */
export type Samples = Record<string, { lang: string; label: string; source: string }[]>;

export interface Guide {
  title: string;
  /** Markdown, without the title. */
  text: string;
}

/**
 * Builds `dist/docs`: one page that tells everything without JavaScript, and Redoc, which takes over where there is some.
 * Any static host serves the folder, from any path, and it opens from disk.
 * @throws {Problem} when a guide or a sample is missing or broken
 */
export async function docs(): Promise<string[]> {
  const spec = JSON.parse(await readFile(join(root, "generated", "openapi.json"), "utf8")) as Spec;
  const guides = await readGuides();
  const samples = await readSamples(spec);
  const markdown = await readFile(join(root, "generated", "reference.md"), "utf8");
  const whole = [markdown.trim(), ...guides.map(({ title, text }) => `# ${title}\n\n${text}`)].join("\n\n");
  const files: Record<string, string> = {
    "index.html": await page(spec, markdown, guides, samples),
    "redoc.js": await redoc(spec, guides, samples),
    "openapi.json": `${JSON.stringify(spec, null, 2)}\n`,
    "openapi.yaml": stringify(spec, { lineWidth: 0, aliasDuplicateObjects: false }),
    "reference.md": markdown,
    "llms.txt": index(spec, guides),
    "llms-full.txt": `${whole}\n`,
  };
  checkLinks(files["index.html"] ?? "", Object.keys(files));
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) if (!(name in files)) await rm(join(folder, name), { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return Object.keys(files);
}

/** @throws {Problem} at a link of the page to an anchor or a file that is not there, with the section that holds it */
function checkLinks(html: string, files: string[]): void {
  const anchors = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => `#${id}`));
  for (const section of html.split("<section ")) {
    for (const [, link = ""] of section.matchAll(/ href="([^"]*)"/g)) {
      if (anchors.has(link) || files.includes(link) || /^(https:|data:)/.test(link)) continue;
      const [, where = "contents"] = /^aria-labelledby="([^"]+)"/.exec(section) ?? [];
      throw new Problem(`The link "${link}" in the section "${where}" leads nowhere.`);
    }
  }
}

async function readGuides(): Promise<Guide[]> {
  const guides = (await readdir(join(root, "docs", "guides"))).filter((name) => name.endsWith(".md")).sort();
  const names = [...guides.map((name) => `docs/guides/${name}`), "docs/errata.md"];
  const texts = await embedded();
  return Promise.all(
    names.map(async (name) => {
      const [heading = "", ...rest] = (texts.get(name) ?? (await readFile(join(root, name), "utf8"))).split("\n");
      if (!heading.startsWith("# ")) throw new Problem(`${name}, line 1: a guide starts with "# " and its title.`);
      return {
        title: heading.slice(2).trim(),
        text: rest
          .join("\n")
          .replace(/<!--.*?-->\n/g, "")
          .trim(),
      };
    }),
  );
}

/** The samples of each operation, by operationId: files that are named after it. */
async function readSamples(spec: Spec): Promise<Samples> {
  const result: Samples = {};
  for (const { operation } of operationsOf(spec)) {
    const found = [];
    for (const [ending, language] of Object.entries(languages)) {
      const source = await readFile(join(root, "docs", "samples", operation.operationId + ending), "utf8").catch(
        () => undefined,
      );
      if (source !== undefined) found.push({ ...language, source: source.trim() });
    }
    result[operation.operationId] = found;
  }
  return result;
}

/**
 * Redoc with the spec, the guides and the samples in it, as one classic script: a module would not load from disk. It
 * asks nobody for anything: no telemetry, no logo.
 */
async function redoc(spec: Spec, guides: Guide[], samples: Samples): Promise<string> {
  const copy = structuredClone(spec);
  for (const { operation } of operationsOf(copy)) {
    const found = samples[operation.operationId];
    if (found?.length) Object.assign(operation, { "x-codeSamples": found });
  }
  // Redoc lists examples by their summaries alone, so these need the code, and it has no list of all codes.
  for (const example of Object.values(copy.components.examples)) {
    const { error_code: code } = Object(example.value) as { error_code?: string };
    if (code) example.summary = `${code}: ${example.summary}`;
  }
  copy.tags.push({ name: "Error codes", "x-traitTag": true, description: errorTable(spec) });
  const ofGuide = ({ title, text }: Guide) => ({ name: title, "x-traitTag": true, description: text });
  copy.tags = [...guides.slice(0, 1).map(ofGuide), ...copy.tags, ...guides.slice(1).map(ofGuide)];
  const temporary = await mkdtemp(join(tmpdir(), "geminidb-backup-docs-"));
  try {
    const description = join(temporary, "openapi.json");
    const built = join(temporary, "index.html");
    await writeFile(description, JSON.stringify(copy));
    await redocly("build-docs", description, "--inlineBundle", "--openapi.disableTelemetry=true", "--output", built);
    const html = await readFile(built, "utf8");
    const start = '<script type="module">';
    const script = html.slice(html.indexOf(start) + start.length, html.lastIndexOf("</script>"));
    const mounted = script.replace(
      /hydrate\(__redoc_definition, __redoc_options, document\.getElementById\('redoc'\)\);\s*$/,
      "return init(__redoc_definition, { ...__redoc_options, ...options }, element);\n",
    );
    const quiet = mounted
      .replace(
        /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g,
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='44' height='14'%3E%3Ctext y='11' font-family='sans-serif' font-size='11' fill='%23777'%3ERedocly%3C/text%3E%3C/svg%3E",
      )
      // A module's words: its exports, and what a search in a worker of Node would ask.
      .replace(/export\s*\{RedocStandalone,hydrate,init\};/, "")
      .replaceAll("import.meta", "({})");
    if (mounted === script || quiet.includes("cdn.redoc.ly"))
      throw new Problem("Redocly builds another page than before: src/generate/docs.ts must follow.");
    return `window.mountRedoc = (element, options) => {\n${quiet}};\n`;
  } finally {
    await rm(temporary, { recursive: true });
  }
}

/** https://llmstxt.org */
function index({ info }: Spec, guides: Guide[]): string {
  return `# ${info.title}

> ${info.summary}

- [Reference](reference.md): both operations, all parameters, examples and error codes
- [Everything in one file](llms-full.txt): the reference and the guides (${guides.map(({ title }) => title).join("; ")})
- [OpenAPI 3.1 description, JSON](openapi.json)
- [OpenAPI 3.1 description, YAML](openapi.yaml)
`;
}
