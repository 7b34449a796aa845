import { describe, expect, it } from "vitest";
import { checks, description } from "../support/description.js";
import { sentences } from "../support/facts.js";
import { creating, errata } from "../support/transcript.js";
import { expectedSentences, sentenceGroups } from "../support/transcript-sentences.js";

/** Every sentence of the description and of the workflow, by place. */
const found: Record<string, string[]> = { ...description.stated.texts, ...description.workflow.texts };

describe("every sentence of the description", () => {
  it("stands in the transcript, and every sentence of the transcript in the description", () => {
    expect(checks["the sentences of the transcript"](description)).toEqual([]);
    expect(Object.values(expectedSentences()).flat().length).toBeGreaterThan(300);
  });

  it("has a source: one of the two documents, or an entry of the errata", () => {
    const sources = new Set(sentenceGroups.flatMap(({ says }) => says.flatMap((sentence) => Object.keys(sentence))));
    for (const source of sources) {
      if (source === "DOC") continue;
      expect(errata(source), `docs/errata.md has no entry ${source}`).toBeDefined();
      if (source !== "E13") expect(errata(source)).toMatch(/Source: [A-Z]/);
    }
    expect(sources.size).toBeGreaterThan(15);
  });

  it("has no number that its entry of the errata does not have", () => {
    // A status, a date of the API or a number in the name of a product belongs to the sentence.
    const numbersIn = (text: string): string[] => text.match(/(?<![\w.`])\d+(?:\.\d+)?(?![\w`])/g) ?? [];
    const missing = sentenceGroups.flatMap(({ says }) =>
      says.flatMap((sentence) =>
        Object.entries(sentence).flatMap(([source, text]) =>
          numbersIn(text)
            .filter((number) => source !== "DOC" && !numbersIn(errata(source) ?? "").includes(number))
            .map((number) => `${source} does not say ${number}: ${text}`),
        ),
      ),
    );
    expect(missing).toEqual([]);
  });

  it("is transcribed with one source, for one place at least", () => {
    for (const { at, says } of sentenceGroups) {
      expect([at ?? []].flat(), JSON.stringify(says)).not.toEqual([]);
      for (const sentence of says) expect(Object.keys(sentence)).toHaveLength(1);
    }
  });
});

it.each([
  ["an indented paragraph, which is a block of code", "One.\n\n    Two.\nThree.", ["One.", "¶     Two.", "Three."]],
  ["an indented list item", "- One.\n  - Two.", ["- One.", "  - Two."]],
  ["a no-break space", "Call `GET\u00a0/v3`.", ["Call `GET\u00a0/v3`."]],
  ["two spaces at the end of a line, which break it", "Wait,  \nthen repeat.", ["Wait,   then repeat."]],
])("a sentence shows %s", (_, text, found) => {
  expect(sentences(text)).toEqual(found);
});

describe("the prose about a field", () => {
  const body = "createManualBackup/requestBody/content/application/json/schema/properties";
  const fields = Object.entries(creating["body parameters"] ?? {});

  it.each(fields)("does not repeat the limits of %s, which would go stale", (name, { constraints }) => {
    const { least = "-", most = "-" } = typeof constraints === "object" ? constraints : {};
    const text = found[`${body}/${name}/description`]?.join(" ") ?? "";
    const numbers: string[] = text.match(/\d+/g) ?? [];
    expect(numbers).not.toContain(String(least));
    expect(numbers).not.toContain(String(most));
  });

  it("names the characters that the documents forbid or allow", () => {
    const { name, description } = creating["body parameters"] ?? {};
    const of = (field: string) => found[`${body}/${field}/description`]?.join(" ");
    if (typeof name?.constraints !== "object" || typeof description?.constraints !== "object")
      throw new Error("the transcript has no constraints of the fields");
    expect(of("description")).toContain(`\`${description.constraints.forbidden}\``);
    for (const kind of name.constraints.allowed as string[]) expect(of("name")).toContain(kind);
  });
});
