import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readAssets } from "../../src/site/assets.js";
import { readCommands } from "../../src/site/command-help.js";
import { documentedTypes } from "../../src/site/documented-types.js";
import { readGuides } from "../../src/site/guides.js";
import type { Content } from "../../src/site/page.js";
import { readDescription } from "../../src/site/read-description.js";
import { readSamples } from "../../src/site/samples.js";
import { root } from "../support/project.js";

export const siteFolder = join(root, "dist", "docs");

/** A file of the site as `tsx src/site/build.ts` made it. `npm test` runs that before the tests. */
export async function built(name: string): Promise<string> {
  try {
    return await readFile(join(siteFolder, name), "utf8");
  } catch (error) {
    throw new Error(`dist/docs/${name} is missing. Run: npx tsx src/site/build.ts`, { cause: error });
  }
}

/** What the page is made of, for tests that change something of it. */
export async function readContent(): Promise<{ content: Content; assets: Awaited<ReturnType<typeof readAssets>> }> {
  const [{ description }, guides, samples, commands, assets] = await Promise.all([
    readDescription(),
    readGuides(),
    readSamples(),
    readCommands(),
    readAssets(),
  ]);
  return { content: { description, guides, samples, commands, types: documentedTypes() }, assets };
}

/** The text of HTML as a reader sees it, on one line. */
export function textOf(html: string): string {
  const text = html
    .replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, "")
    .replace(/<\/?(span|i|wbr|code|a|strong|em)\b[^>]*>/g, "")
    .replace(/<[^>]+>/g, " ");
  return decode(text).replace(/\s+/g, " ");
}

/** The text of a section of a page, as it is read. */
export function sectionText(html: string, id: string): string {
  return textOf(html.split(`aria-labelledby="${id}">`)[1]?.split("</section>")[0] ?? "");
}

export function decode(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");
}
