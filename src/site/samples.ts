import { readdir, readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import type { Guide } from "./guides.js";
import { type Language, type LanguageId, languages } from "./languages.js";
import { changeProse } from "./prose.js";

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
function sampleFile(stem: string, { id }: Language): string {
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
const sampleMark = "Sample: ";

/**
 * The sample that a paragraph of a guide stands for, in the languages that it exists in: the paragraph begins with "Sample:" and
 * holds a link to each language's file.
 * @param file the guide
 * @returns undefined for any other paragraph
 * @throws {Problem} when a link leads nowhere, says another language, or a language is left out
 */
export function samplesOfParagraph(paragraph: string, file: string, samples: Samples): readonly Sample[] | undefined {
  if (!paragraph.startsWith(sampleMark)) return undefined;
  const links = [...paragraph.matchAll(/\[([^\]]*)\]\(([^)\s]*)\)/g)].map(([, label = "", target = ""]) => ({
    label,
    linked: posix.join(posix.dirname(file), target),
  }));
  const [first] = links;
  if (first === undefined) throw new Problem(`${file}: a paragraph that begins with "Sample:" links to no sample.`);
  const stem = posix.basename(first.linked, posix.extname(first.linked));
  const found = samples.get(stem) ?? [];
  for (const { label, linked } of links) {
    const sample = found.find(({ language }) => linked === sampleFile(stem, language));
    if (sample === undefined) throw new Problem(`${file} shows ${linked}, which does not exist.`);
    if (sample.language.label === label) continue;
    throw new Problem(`${file}: the link to ${linked} says "${label}", but it is ${sample.language.label}.`);
  }
  const left = found.find(({ language }) => !links.some(({ linked }) => linked === sampleFile(stem, language)));
  if (left) throw new Problem(`${file} does not show ${sampleFile(stem, left.language)}.`);
  return found;
}

/**
 * The Markdown of a guide with each sample itself where its files are linked.
 * @throws {Problem} as `samplesOfParagraph` does
 */
export function withSamples(
  { file, text }: Pick<Guide, "file" | "text">,
  samples: Samples,
  show: (found: readonly Sample[]) => string,
): string {
  return changeProse(text, (prose) => {
    const paragraphs = prose.split("\n\n").map((paragraph) => {
      const found = samplesOfParagraph(paragraph, file, samples);
      return found ? show(found) : paragraph;
    });
    return paragraphs.join("\n\n");
  });
}

/** A sample as Markdown. */
export function fence({ language, source }: Sample): string {
  return `\`\`\`${language.id}\n${source}\n\`\`\``;
}
