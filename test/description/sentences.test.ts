import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { collect, dereference, differences, type Facts, type Node, readFacts } from "../support/facts.js";
import { bundle, creating, errata, expectedSentences, sentenceGroups } from "../support/transcript.js";

const workflow = parse(readFileSync(new URL("../../openapi/workflow.arazzo.yaml", import.meta.url), "utf8")) as Node;
const expected = expectedSentences();

/** Every sentence of the description and of the workflow, by place. */
function found(): Record<string, string[]> {
  const ofWorkflow: Facts = { facts: {}, texts: {} };
  collect(ofWorkflow, "workflow", dereference(workflow));
  return { ...readFacts(bundle).texts, ...ofWorkflow.texts };
}

/** Words whose exchange turns a sentence into another claim. */
const exchanges: [string, string][] = [
  [" cannot ", " can "],
  [" can ", " cannot "],
  [" is ", " is not "],
  [" are ", " are not "],
  [" must ", " may "],
  [" needs ", " does not need "],
  [" no ", " every "],
  [" only", ""],
  [" not ", " "],
  [" until ", " before "],
  [" and ", " or "],
];

/** The ways in which one sentence of a text can go wrong. */
function corrupted(sentences: string[], index: number): string[][] {
  const sentence = sentences[index] ?? "";
  const exchanged = exchanges
    .filter(([from]) => sentence.includes(from))
    .map(([from, to]) => sentence.replace(from, to));
  const numbered = sentence.replace(/\d+/, (number) => String(Number(number) + 1));
  const variants = [...exchanged, numbered, `${sentence} Never.`].filter((variant) => variant !== sentence);
  return [sentences.toSpliced(index, 1), ...variants.map((variant) => sentences.with(index, variant))];
}

describe("every sentence of the description", () => {
  it("stands in the transcript, and every sentence of the transcript in the description", () => {
    expect(differences(found(), expected)).toEqual([]);
    expect(Object.values(expected).flat().length).toBeGreaterThan(300);
  });

  it("is missed when it is dropped, negated or changed", () => {
    const all = found();
    const unnoticed: string[] = [];
    let tried = 0;
    for (const [place, sentences] of Object.entries(all)) {
      for (const index of sentences.keys()) {
        for (const variant of corrupted(sentences, index)) {
          tried++;
          if (differences({ ...all, [place]: variant }, expected).length === 0) unnoticed.push(`${place} ${variant}`);
        }
      }
    }
    expect(unnoticed).toEqual([]);
    expect(tried).toBeGreaterThan(800);
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

  it("is transcribed once for each place, whether it is shared or not", () => {
    for (const { at, says } of sentenceGroups) {
      expect([at].flat().length, JSON.stringify(at)).toBeGreaterThan(0);
      for (const sentence of says) expect(Object.keys(sentence)).toHaveLength(1);
    }
  });
});

describe("the prose about a field", () => {
  const body = "createManualBackup/requestBody/content/application/json/schema/properties";
  const fields = Object.entries(creating["body parameters"] ?? {});

  it.each(fields)("does not repeat the limits of %s, which would go stale", (name, { constraints }) => {
    const { least = "-", most = "-" } = typeof constraints === "object" ? constraints : {};
    const text = found()[`${body}/${name}/description`]?.join(" ") ?? "";
    const numbers: string[] = text.match(/\d+/g) ?? [];
    expect(numbers).not.toContain(String(least));
    expect(numbers).not.toContain(String(most));
  });

  it("names the characters that the documents forbid or allow", () => {
    const { name, description } = creating["body parameters"] ?? {};
    const of = (field: string) => found()[`${body}/${field}/description`]?.join(" ");
    if (typeof name?.constraints !== "object" || typeof description?.constraints !== "object")
      throw new Error("the transcript has no constraints of the fields");
    expect(of("description")).toContain(`\`${description.constraints.forbidden}\``);
    for (const kind of name.constraints.allowed as string[]) expect(of("name")).toContain(kind);
  });
});
