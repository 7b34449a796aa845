import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem, root } from "../project.js";
import { type Language, type LanguageId, languages } from "./languages.js";

export interface Sample {
  language: Language;
  source: string;
}

/** All samples of `docs/samples`: file name without its ending → one sample for each language that it exists in. */
export type Samples = ReadonlyMap<string, readonly Sample[]>;

const samplesFolder = "docs/samples";

/** How the names of the files end. */
const endings: Readonly<Record<LanguageId, string>> = {
  typescript: ".ts",
  bash: ".bash",
  shell: ".sh",
  javascript: ".mjs",
  python: ".py",
};

/** The path of a sample from the root of the repository. */
export function sampleFile(stem: string, { id }: Language): string {
  return `${samplesFolder}/${stem}${endings[id]}`;
}

export async function readSamples(): Promise<Samples> {
  const names = await readdir(join(root, samplesFolder));
  const samples = new Map<string, Sample[]>();
  for (const language of languages) {
    const ending = endings[language.id];
    for (const name of names.filter((one) => one.endsWith(ending)).sort()) {
      const stem = name.slice(0, -ending.length);
      const source = (await readFile(join(root, samplesFolder, name), "utf8")).trim();
      samples.set(stem, [...(samples.get(stem) ?? []), { language, source }]);
    }
  }
  return samples;
}

/**
 * A sample in every language.
 * @throws {Problem} when it is missing in one of them
 */
export function inEveryLanguage(samples: Samples, stem: string): readonly Sample[] {
  const found = samples.get(stem) ?? [];
  for (const language of languages) {
    if (found.some((sample) => sample.language === language)) continue;
    throw new Problem(`${sampleFile(stem, language)} is missing: ${stem} needs a sample in ${language.label}.`);
  }
  return found;
}

/** What a paragraph begins with that stands for a sample: links to its files follow, for a reader of the repository. */
export const sampleMark = "Sample: ";

/** A guide with each sample itself where its files are linked. */
export function withSamples(markdown: string, samples: Samples, show: (found: readonly Sample[]) => string): string {
  const paragraphs = markdown.split("\n\n").map((paragraph) => {
    if (!paragraph.startsWith(sampleMark)) return paragraph;
    const [, stem = ""] = /\/([\w.-]+)\.\w+\)/.exec(paragraph) ?? [];
    return show(samples.get(stem) ?? []);
  });
  return paragraphs.join("\n\n");
}

/** A text for a place that has other addresses than the page: links within the repository become plain text. */
export function withoutLocalLinks(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\((?!https:)[^)\s]+\)/g, "$1");
}

/** A sample as Markdown. */
export function fence({ language, source }: Sample): string {
  return `\`\`\`${language.id}\n${source}\n\`\`\``;
}
