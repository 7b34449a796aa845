import { duplicatesIn } from "../shared/duplicates.js";
import { Problem } from "../shared/problem.js";

/**
 * Checks that each link of the page leads to an anchor or a file that is there, and that no address is there twice.
 * @throws {Problem} with the section that holds the first broken one
 */
export function checkLinks(page: string, files: readonly string[]): void {
  const markup = withoutCode(page);
  const ids = [...markup.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id);
  const anchors = new Set(ids.map((id) => `#${id}`));
  const [twice] = duplicatesIn(ids);
  if (twice !== undefined) throw new Problem(`The address "#${twice}" is on the page twice.`);
  for (const section of markup.split("<section ")) {
    const [, name = "contents"] = /aria-labelledby="([^"]+)"/.exec(section) ?? [];
    for (const [, link = ""] of section.matchAll(/<a [^>]*href="([^"]*)"/g)) {
      const known = anchors.has(link) || files.includes(link) || link.startsWith("https:");
      if (!known) throw new Problem(`The link "${link}" in the section "${name}" leads nowhere.`);
    }
  }
}

/** A page without what only looks like markup: quotation marks in code are not escaped (see highlight.ts). */
function withoutCode(page: string): string {
  return page.replace(/<(pre|script|style)\b[\s\S]*?<\/\1>/g, "");
}
