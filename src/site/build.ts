/** Builds `dist/docs`. Run as a program, it says what it made: `tsx src/site/build.ts` */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { main } from "../tools/script.js";
import { writeFolder } from "../tools/write-folder.js";
import { readAssets } from "./assets.js";
import { clientOptionsMarkdown } from "./client-options.js";
import { commandLineMarkdown, readCommands } from "./command-help.js";
import { documentedTypes } from "./documented-types.js";
import type { SiteFileName } from "./files.js";
import { folder } from "./folder.js";
import { readGuides } from "./guides.js";
import { checkLinks } from "./links.js";
import { llmsFull, llmsIndex, openapiYaml, sitemap } from "./machine-files.js";
import { page } from "./page.js";
import { readDescription } from "./read-description.js";
import { redocPage } from "./redoc.js";
import { readSamples } from "./samples.js";

/**
 * Builds the site: static files that any host serves from any path, and that open from disk.
 * @throws {Problem} when a guide, a sample or a link is broken: it says where
 */
export async function buildSite(): Promise<string[]> {
  const files = await textsOf(publicAddress());
  await writeFolder(folder, files);
  return [...files.keys()];
}

/** The files of the site: name → text. */
async function textsOf(address: URL | undefined): Promise<Map<string, string>> {
  const [{ bundle, description }, guides, samples, assets, commands, reference] = await Promise.all([
    readDescription(),
    readGuides(),
    readSamples(),
    readAssets(),
    readCommands(),
    readFile(join(root, "generated", "reference.md"), "utf8"),
  ]);
  const types = documentedTypes();
  const content = { description, guides, samples, commands, types };
  const texts: Record<SiteFileName, string> = {
    "index.html": page(content, assets, address),
    "redoc.html": await redocPage(bundle, content),
    "reference.md": reference,
    "client-options.md": clientOptionsMarkdown(types),
    "command-line.md": commandLineMarkdown(commands),
    "llms-full.txt": llmsFull(content, reference),
    "llms.txt": llmsIndex(description, guides),
    "openapi.json": `${JSON.stringify(bundle, null, 2)}\n`,
    "openapi.yaml": openapiYaml(bundle),
  };
  const files = new Map(Object.entries(texts));
  if (address) files.set("sitemap.xml", sitemap(address));
  checkLinks(texts["index.html"], [...files.keys()]);
  return files;
}

/** Where the site will be published, from SITE_URL: search engines and social cards want whole addresses. */
function publicAddress(): URL | undefined {
  const text = process.env.SITE_URL;
  if (!text) return undefined;
  const address = URL.canParse(text) ? new URL(text) : undefined;
  // The address is not printed, because it contains credentials.
  if (address?.username || address?.password)
    throw new Problem("SITE_URL contains credentials, which would be published. Leave them out.");
  const isBare = address?.href === `${address?.origin}${address?.pathname}`;
  if (address?.protocol === "https:" && isBare && address.pathname.endsWith("/")) return address;
  throw new Problem(
    `SITE_URL is "${text}". It must be an https address that ends with a slash, such as https://example.com/docs/, without "?" and "#".`,
  );
}

if (process.argv[1] === import.meta.filename) {
  await main(async () => console.log(`dist/docs   ${(await buildSite()).join("  ")}`));
}
