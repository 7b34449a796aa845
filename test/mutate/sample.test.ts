import { expect, it } from "vitest";
import { description } from "../support/description.js";
import { times } from "../support/scale.js";
import { allMutants } from "./mutants.js";
import { line } from "./report.js";
import { sample } from "./sample.js";
import { verdictsOn } from "./verdicts.js";

const all = allMutants();
const kinds = [
  ...["pattern", "limit", "required", "type", "null", "property", "schema", "status", "media type", "header", "path"],
  ...["method", "parameter", "server", "security", "example", "error code", "operationId", "extension", "link"],
  ...["reference", "workflow", "prose", "file", "component", "unused", "indentation", "white space"],
];
const seed = Date.now() % 2 ** 31;

it("every corruption of the description turns a check red: a sample of them", async () => {
  const count = times(60, 1000);
  console.log(`${count} of ${all.length} mutants. To repeat: npm run mutate -- --count ${count} --seed ${seed}`);
  const survivors: string[] = [];
  for await (const verdict of verdictsOn(sample(all, count, seed))) {
    if (verdict.killers.length === 0) survivors.push(line(verdict));
  }
  expect(survivors).toEqual([]);
});

it("the committed description itself turns no check red", async () => {
  const unchanged = { kind: "none", file: "openapi.yaml", name: "change nothing", files: () => description.files };
  for await (const verdict of verdictsOn([unchanged])) expect(verdict).toMatchObject({ killers: [], reason: "" });
  expect.assertions(1);
});

it.each(kinds)("there are mutants of the kind: %s", (kind) => {
  expect(all.filter((mutant) => mutant.kind === kind).length).toBeGreaterThan(1);
});
