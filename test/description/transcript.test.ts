import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isNode, type Json, type Node, readFacts, tokens } from "../support/facts.js";
import {
  beyond,
  creating,
  deleting,
  documentedErrors,
  documents,
  expectedFacts,
  expectedTokens,
  phrases,
} from "../support/transcript.js";

const bundle = JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8")) as Node;
const errata = readFileSync(new URL("../../docs/errata.md", import.meta.url), "utf8");

/** What differs between the documents and a spec: missing, different, or not supported by anything. */
function differences(spec: Node): string[] {
  const { facts, texts } = readFacts(spec);
  const expected = expectedFacts();
  const said = expectedTokens();
  // The list of all codes is generated from the codes, which are compared one by one.
  const prose = Object.entries(texts).filter(([path]) => path !== "tags/Error codes/description");
  return [
    ...Object.keys(expected).flatMap((path) => (path in facts ? [] : [`missing: ${path}`])),
    ...Object.entries(facts).flatMap(([path, value]) => {
      if (!(path in expected)) return [`unsupported: ${path} = ${JSON.stringify(value)}`];
      return same(value, expected[path] as Json)
        ? []
        : [`different: ${path} = ${JSON.stringify(value)}, documented ${JSON.stringify(expected[path])}`];
    }),
    ...prose.flatMap(([path, text]) => {
      const found = JSON.stringify(tokens(text));
      const wanted = JSON.stringify(said[path] ?? []);
      return found === wanted ? [] : [`prose: ${path} states ${found}, documented ${wanted}`];
    }),
    ...Object.keys(said).flatMap((path) => (path in texts ? [] : [`prose missing: ${path}`])),
  ];
}

/** Equal, whatever the order of keys; lists of names in any order too. */
function same(a: Json, b: Json): boolean {
  const sort = (value: Json): Json =>
    Array.isArray(value)
      ? [...value.map(sort)].sort((x, y) => (JSON.stringify(x) < JSON.stringify(y) ? -1 : 1))
      : isNode(value)
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([x], [y]) => (x < y ? -1 : 1))
              .map(([key, child]) => [key, sort(child)]),
          )
        : value;
  return JSON.stringify(sort(a)) === JSON.stringify(sort(b));
}

describe("the documents and the spec", () => {
  it("state the same facts, in both directions", () => {
    expect(differences(bundle)).toEqual([]);
    expect(Object.keys(expectedFacts()).length).toBeGreaterThan(200);
  });

  it("differ as soon as any single fact of the spec is corrupted", () => {
    const blind: string[] = [];
    let corrupted = 0;
    for (const { describe: name, apply } of corruptions(bundle)) {
      corrupted++;
      if (differences(apply()).length === 0) blind.push(name);
    }
    expect(blind).toEqual([]);
    expect(corrupted).toBeGreaterThan(200);
  });

  it.each(documents)("$document: names every kind of instance, and no other", ({ operation, instances }) => {
    const text = readFacts(bundle).texts[`${operation}/description`] ?? "";
    expect([...new Set(text.match(/GeminiDB [A-Z][a-z]+/g))].sort()).toEqual([...instances].sort());
  });

  it("names the permissions", () => {
    const { texts } = readFacts(bundle);
    const { action = "", alias = "", "access level": level = "" } = deleting.authorization ?? {};
    for (const word of [action, alias, level]) expect(texts["deleteManualBackup/description"]).toContain(word);
    for (const word of [action, alias]) {
      expect(texts["createManualBackup/description"]).toContain(
        word.replace("deleteBackup", "createBackup").replace(":delete", ":create"),
      );
    }
  });

  it.each(Object.entries(phrases))("says in words what %s means", (path, wanted) => {
    const text = readFacts(bundle).texts[path] ?? "";
    for (const phrase of wanted) expect(text).toMatch(new RegExp(phrase));
  });

  it("lists every error code with its meaning, in one list", () => {
    const { texts } = readFacts(bundle);
    const rows = (texts["tags/Error codes/description"] ?? "")
      .split("\n")
      .slice(2)
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const known = rows.map(([, code, status]) => `${status} ${code?.replaceAll("`", "")}`);
    expect(known.filter((row) => !row.includes("iam")).sort()).toEqual(
      documentedErrors.map(({ status, code }) => `${status} ${code}`).sort(),
    );
    for (const [, code, , meaning, advice] of rows)
      expect(`${code}: ${meaning} / ${advice}`).toMatch(/: .{10,} \/ .{10,}/);
  });

  it("supports whatever goes beyond the documents by an entry of the errata with a source", () => {
    for (const { erratum } of beyond) {
      const entry = errata.split(/^## /m).find((section) => section.startsWith(`${erratum}.`));
      expect(entry, `docs/errata.md has no entry ${erratum}`).toBeDefined();
      if (erratum !== "E13") expect(entry).toMatch(/Source: [A-Z]/);
    }
  });

  it("transcribes every example as valid JSON", () => {
    for (const { examples } of documents) {
      for (const text of [examples.request, examples.response]) if (text) expect(() => JSON.parse(text)).not.toThrow();
    }
    expect(creating.examples.request).toContain(" ");
  });
});

/** Every way to corrupt one leaf of the spec: another value, or none. */
function* corruptions(spec: Node): Generator<{ describe: string; apply: () => Node }> {
  const leaves: string[][] = [];
  const walk = (path: string[], value: Json) => {
    if (Array.isArray(value) || isNode(value)) {
      for (const [key, child] of Object.entries(value)) walk([...path, key], child as Json);
    } else leaves.push(path);
  };
  walk([], spec);
  for (const path of leaves) {
    const last = path.at(-1) ?? "";
    // Free prose without a number or a name states no fact that a machine can compare.
    const prose =
      ["description", "summary", "title"].includes(last) && path.at(-2) !== "value" && path.at(-2) !== "properties";
    if (prose) continue;
    for (const remove of [false, true]) {
      yield {
        describe: `${remove ? "remove" : "change"} ${path.join("/")}`,
        apply() {
          const copy = structuredClone(spec);
          const parent = path.slice(0, -1).reduce<Json>((at, key) => (at as Node)[key] as Json, copy) as Node;
          if (remove && Array.isArray(parent)) parent.splice(Number(last), 1);
          else if (remove) delete parent[last];
          else if (last === "$ref") parent[last] = "#/info";
          else
            parent[last] =
              typeof parent[last] === "number"
                ? (parent[last] as number) + 1
                : typeof parent[last] === "boolean"
                  ? !parent[last]
                  : `${parent[last]}x`;
          return copy;
        },
      };
    }
  }
}
