import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem, root } from "./redocly.js";

/**
 * The texts that show a sample, with the sample as it is now: file name → text. A sample stands behind a comment,
 * `<!-- sample: docs/samples/rotation.ts -->`, in a fence.
 * @throws {Problem} when a text names a sample that does not exist
 */
export async function embedded(): Promise<Map<string, string>> {
  const guides = (await readdir(join(root, "docs", "guides"))).map((name) => `docs/guides/${name}`);
  const result = new Map<string, string>();
  for (const name of ["README.md", ...guides.sort()]) {
    const text = await readFile(join(root, name), "utf8").catch(() => "");
    const parts = text.split(/(<!-- sample: \S+ -->\n```\w+\n)([\s\S]*?)(```\n)/);
    for (let index = 1; index < parts.length; index += 4) {
      const file = /sample: (\S+)/.exec(parts[index] ?? "")?.[1] ?? "";
      parts[index + 1] = await readFile(join(root, file), "utf8").catch(() => {
        throw new Problem(`${name} shows ${file}, which does not exist.`);
      });
    }
    if (text) result.set(name, parts.join(""));
  }
  return result;
}
