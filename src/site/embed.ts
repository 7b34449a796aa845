import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem, root } from "../redocly.js";

/** The languages of samples, by the ending of the file, in the order in which they are shown. */
export const languages: Record<string, { lang: string; label: string }> = {
  ".ts": { lang: "typescript", label: "TypeScript" },
  ".sh": { lang: "shell", label: "curl" },
  ".mjs": { lang: "javascript", label: "fetch" },
  ".py": { lang: "python", label: "Python" },
};

/**
 * The texts that show samples, with the samples as they are now: file name → text. One sample stands behind a comment,
 * `<!-- sample: docs/samples/first-call.ts -->`, in a fence. All languages of one stand between
 * `<!-- samples: docs/samples/rotation -->` and `<!-- /samples -->`, the first of them open.
 * @throws {Problem} when a text names a sample that does not exist
 */
export async function embedded(): Promise<Map<string, string>> {
  const guides = (await readdir(join(root, "docs", "guides"))).map((name) => `docs/guides/${name}`);
  const result = new Map<string, string>();
  for (const name of ["README.md", ...guides.sort()]) {
    const text = await readFile(join(root, name), "utf8").catch(() => "");
    const source = (file: string) =>
      readFile(join(root, file), "utf8").catch(() => {
        throw new Problem(`${name} shows ${file}, which does not exist.`);
      });
    const single = await replace(text, /(?<=<!-- sample: (\S+) -->\n```\w+\n)[\s\S]*?(?=```\n)/g, source);
    const all = await replace(
      single,
      /(?<=<!-- samples: (\S+) -->\n)[\s\S]*?(?=<!-- \/samples -->\n)/g,
      async (stem) => {
        const blocks = Object.entries(languages).map(async ([ending, { lang, label }], index) => {
          const open = index ? "" : " open";
          const code = `\`\`\`${lang}\n${await source(stem + ending)}\`\`\``;
          return `<details${open}><summary>${label}</summary>\n\n${code}\n\n</details>\n`;
        });
        return `\n${(await Promise.all(blocks)).join("\n")}\n`;
      },
    );
    const unclosed = /<!-- samples: (\S+) -->(?![\s\S]*<!-- \/samples -->)/.exec(all);
    if (unclosed) throw new Problem(`${name}: the samples ${unclosed[1]} have no end, <!-- /samples -->.`);
    if (text) result.set(name, all);
  }
  return result;
}

/** Replaces each match with what is made of its first group. */
async function replace(text: string, pattern: RegExp, make: (group: string) => Promise<string>): Promise<string> {
  const made = await Promise.all([...text.matchAll(pattern)].map(([, group = ""]) => make(group)));
  return text.replace(pattern, () => made.shift() ?? "");
}
