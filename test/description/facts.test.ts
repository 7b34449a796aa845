import { describe, expect, it } from "vitest";
import { corruptions, differences, type Node, readFacts } from "../support/facts.js";
import { beyond, bundle, creating, deleting, documents, errata, expectedFacts } from "../support/transcript.js";

const expected = expectedFacts();
const compare = (description: Node) => differences(readFacts(description).facts, expected);

describe("the description and the transcript of the documents", () => {
  it("state the same facts, in both directions", () => {
    expect(compare(bundle)).toEqual([]);
    expect(Object.keys(expected).length).toBeGreaterThan(300);
  });

  it("differ as soon as any single fact of the description is corrupted", () => {
    const { texts } = readFacts(bundle);
    const unnoticed: string[] = [];
    let corrupted = 0;
    for (const { name, apply } of corruptions(bundle)) {
      corrupted++;
      const found = readFacts(apply());
      if (differences(found.facts, expected).length > 0) continue;
      // A changed sentence is no changed fact: sentences.test.ts corrupts those.
      if (differences(found.texts, texts).length === 0) unnoticed.push(name);
    }
    expect(unnoticed).toEqual([]);
    expect(corrupted).toBeGreaterThan(500);
  });

  it("name the item of a list that differs, and no other", () => {
    const copy = structuredClone(bundle);
    const [server] = copy.servers as { variables: { region: { enum: string[] } } }[];
    server?.variables.region.enum.push("xx-nowhere-1");
    expect(compare(copy)).toEqual([
      "not in the transcript: servers/https://gaussdb-nosql.{region}.myhuaweicloud.com/variables/region/enum/xx-nowhere-1 = true",
    ]);
  });

  it.each(documents)("$document: agree on the kinds of instances", ({ operation, instances }) => {
    const text = (readFacts(bundle).texts[`${operation}/description`] ?? []).join(" ");
    expect([...new Set(text.match(/GeminiDB [A-Z][a-z]+/g))].sort()).toEqual([...instances].sort());
  });

  it("agree on the permissions", () => {
    const { texts } = readFacts(bundle);
    const { action = "", alias = "", "access level": level = "" } = deleting.authorization ?? {};
    const [create, remove] = documents.map(({ operation }) => (texts[`${operation}/description`] ?? []).join(" "));
    for (const word of [action, alias, level]) expect(remove).toContain(word);
    for (const word of [action, alias]) {
      expect(create).toContain(word.replace("deleteBackup", "createBackup").replace(":delete", ":create"));
    }
  });
});

describe("the transcript", () => {
  it.each(beyond)("supports what goes beyond the documents by $erratum of the errata, with a source", ({ erratum }) => {
    const entry = errata(erratum);
    expect(entry, `docs/errata.md has no entry ${erratum}`).toBeDefined();
    if (erratum !== "E13") expect(entry).toMatch(/Source: [A-Z]/);
  });

  it("has every printed example as valid JSON", () => {
    for (const { examples } of documents) {
      for (const text of [examples.request, examples.response]) if (text) expect(() => JSON.parse(text)).not.toThrow();
    }
    expect(creating.examples.request).toContain(" ");
  });
});
