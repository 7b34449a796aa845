import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Failure, failuresOf } from "../description/failures.js";
import { type Operation, operationsOf } from "../description/operations.js";
import { repeatWords } from "../description/repeat-words.js";
import type { Example, RawOperation, RawRequestBody, Spec } from "../description/spec.js";
import { markdownTable } from "../shared/markdown-table.js";
import { root } from "../tools/project.js";
import { redocly } from "../tools/redocly.js";
import { inTemporaryFolder } from "../tools/temporary-folder.js";
import { labelOf, messageOf } from "./failures.js";
import type { Guide } from "./guides.js";
import { languages } from "./languages.js";
import { simplestExample, simplestSamples } from "./operation-samples.js";
import type { Content } from "./page.js";
import { changeProse, withoutLocalLinks } from "./prose.js";
import { fence, type Samples, withSamples } from "./samples.js";

/** The options of Redoc: all languages of the samples, and no telemetry. */
const options = {
  disableTelemetry: true,
  codeSamples: { languages: languages.map(({ id, label }) => ({ lang: id, label })) },
};

/**
 * The page that `redocly build-docs` makes, with a template of ours. Guides and error codes are sections of it: they are
 * added to a copy of the bundle, since they are not part of the description.
 */
export async function redocPage(bundle: Spec, content: Content): Promise<string> {
  return inTemporaryFolder(async (folder) => {
    const input = join(folder, "openapi.json");
    const output = join(folder, "redoc.html");
    await writeFile(input, JSON.stringify(redocDescription(bundle, content)));
    const template = join(root, "src", "site", "redoc.hbs");
    const title = `${bundle.info.title}: Redoc`;
    const flags = ["--inlineBundle", "--template", template, "--title", title, "--openapi", JSON.stringify(options)];
    await redocly("build-docs", input, ...flags, "--output", output);
    return readFile(output, "utf8");
  });
}

/** The description as Redoc reads it, with everything that the page tells. */
export function redocDescription(bundle: Spec, { description, guides, samples }: Content): Spec {
  const copy = structuredClone(bundle) as Spec & { components: { examples?: Record<string, Example> } };
  const operations = operationsOf(description);
  // Both lists have the same order; `raw` is the copy that Redoc reads.
  for (const [index, { raw }] of operationsOf(copy).entries()) {
    const operation = operations[index];
    if (operation) addSamples(raw, operation, samples);
  }
  // Redoc lists examples by summary only, so the code is put first.
  for (const example of Object.values(copy.components.examples ?? {})) {
    const code = (example.value as { error_code?: string } | null)?.error_code;
    if (code !== undefined && !example.summary?.startsWith(code)) example.summary = `${code}: ${example.summary}`;
  }
  // The description begins with the summary, and Redoc shows both.
  copy.info.summary = "";
  const codes = { name: "Error codes", "x-traitTag": true, description: errorTable(failuresOf(operations)) };
  const tag = asTag(samples);
  copy.tags = [...guides.first.map(tag), ...copy.tags, codes, ...guides.further.map(tag), ...guides.records.map(tag)];
  return copy;
}

/**
 * Redoc puts the name of the chosen example above the samples, whatever these send. So it gets one example, and its samples.
 */
function addSamples(target: RawOperation, operation: Operation, samples: Samples): void {
  const shown = simplestSamples(operation, samples).map(({ language: { id, label }, source }) => ({
    lang: id,
    label,
    source,
  }));
  Object.assign(target, { "x-codeSamples": shown });
  const example = simplestExample(operation);
  if (example === undefined) return;
  const { content } = target.requestBody as RawRequestBody;
  for (const media of Object.values(content)) media.examples = Object.fromEntries([example]);
}

/** A guide as a section of Redoc. It shows the first language of a sample; links to other files become plain text. */
function asTag(samples: Samples) {
  return (guide: Guide) => {
    const shown = withSamples(guide, samples, ([first]) => (first ? fence(first) : ""));
    return { name: guide.title, "x-traitTag": true, description: changeProse(shown, withoutLocalLinks) };
  };
}

function errorTable(failures: Failure[]): string {
  // Redoc's tables are narrow: with more columns, it breaks the codes into pieces.
  const rows = failures.map((failure) => {
    const { status, meaning, advice } = failure;
    const words = [meaning, advice, `“${messageOf(failure)}”`, "Repeat?", repeatWords(failure)];
    return [`**${labelOf(failure)}** ${status}`, words.join(" ")];
  });
  return markdownTable(["Code and status", "Meaning"], rows);
}
