/** The guides in other forms than the page: in the file for language models, and in Redoc. */
import { beforeAll, describe, expect, it } from "vitest";
import { operationsOf } from "../../src/description/operations.js";
import type { Spec } from "../../src/description/spec.js";
import { llmsFull } from "../../src/site/machine-files.js";
import type { Content } from "../../src/site/page.js";
import { readDescription } from "../../src/site/read-description.js";
import { redocDescription } from "../../src/site/redoc.js";
import { readContent } from "./built.js";

let content: Content;
let bundle: Spec;
beforeAll(async () => {
  ({ content } = await readContent());
  ({ bundle } = await readDescription());
});

/** What only looks like a link, like a row of a table with padding, and like an anchor. */
const code = 'handlers["delete"](backup);\n| sort  |  uniq\n<a id="x"></a>';

/** The content with code in a sample, and with a text at the end of the guide about errors. */
function changed(text = ""): Content {
  const [first, ...others] = content.samples.get("errors") ?? [];
  if (!first) throw new Error("docs/samples/errors.ts is gone");
  const samples = new Map(content.samples).set("errors", [{ ...first, source: `// In a sample.\n${code}` }, ...others]);
  const further = content.guides.further.map((guide) =>
    guide.file.includes("errors-and-retries") ? { ...guide, text: `${guide.text}\n\n${text}` } : guide,
  );
  return { ...content, samples, guides: { ...content.guides, further } };
}

/** The text for language models. */
function inOneFile(changed: Content): string {
  return llmsFull(changed, "");
}

it("the file for language models has the options of the client, with types and defaults", () => {
  const text = inOneFile(content);
  expect(text).toMatch(/^## ClientOptions\n/m);
  expect(text).toContain("\n|`auth` (required)|");
  expect(text).toMatch(/^\|`timeout`\|`number`\|.*\|`30000`\|$/m);
  expect(text).toMatch(/^\|`onRetry`\|`\(event: RetryEvent\) => unknown`\|/m);
});

/** The sections of Redoc. */
function inRedoc(changed: Content): string {
  return redocDescription(bundle, changed)
    .tags.map(({ description }) => description)
    .join("\n");
}

describe.each([
  ["in the file for language models", inOneFile],
  ["in Redoc", inRedoc],
])("%s", (_, written) => {
  it("the code of a sample stays as it is", () => {
    const [, shown] = written(changed()).split("// In a sample.\n");
    expect(shown?.slice(0, code.length + 4)).toBe(`${code}\n\`\`\``);
  });

  it("the code of a guide stays as it is, and a link in its prose becomes plain text", () => {
    const text = `See [\`there\`](1-authentication.md), \`handlers["delete"](backup)\` and [here](#gone).\n\n\`\`\`ts\n${code}\n\`\`\``;
    const [, shown = ""] = written(changed(text)).split("See `there");
    const wanted = `\`, \`handlers["delete"](backup)\` and here.\n\n\`\`\`ts\n${code}\n\`\`\``;
    expect(shown.slice(0, wanted.length)).toBe(wanted);
  });

  it("a paragraph for a sample is checked as on the page", () => {
    expect(() => written(changed("Sample: [TypeScript](../samples/gone.ts)"))).toThrow(
      "docs/guides/2-errors-and-retries.md shows docs/samples/gone.ts, which does not exist.",
    );
  });
});

it("in Redoc, a bar and a line break in the words of an error end no cell and no row", () => {
  const description = structuredClone(content.description);
  const [failure] = operationsOf(description).flatMap(({ failures }) => failures);
  const [, example] = failure?.body?.examples[0] ?? [];
  if (!example) throw new Error("the first failure has no example");
  Object.assign(example, { summary: "One | two", description: "First.\nSecond." });
  Object.assign(example.value as object, { error_msg: "a|b" });
  const { tags } = redocDescription(bundle, { ...content, description });
  const table = tags.find(({ name }) => name === "Error codes")?.description ?? "";
  const rows = table.split("\n").map((line) => line.split(/(?<!\\)\|/).length);
  expect(new Set(rows)).toEqual(new Set([4]));
  expect(table).toMatch(/ \| One \\\| two First\. Second\. “a\\\|b” Repeat\? /);
});

it("for language models, a bar within a cell keeps the spaces around it", () => {
  const shown = inOneFile(changed("| Planted         | -  |\n|---|---|\n| `a \\| b \\| -` | -  |")).split("\n");
  const at = shown.findIndex((line) => line.includes("Planted"));
  expect(shown.slice(at, at + 3)).toEqual(["|Planted|-|", "|-|-|", "|`a \\| b \\| -`|-|"]);
});
