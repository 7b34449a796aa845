import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { afterAll, expect, it } from "vitest";
import { brokenSamples } from "../../src/release/broken-samples.js";
import { root } from "../support/project.js";

// Inside the project, so that the samples find the package by its name.
const folder = await mkdtemp(join(root, "dist", "samples-"));
afterAll(() => rm(folder, { recursive: true }));

it("a sample of the last release that does not compile any more is told, with its place", async () => {
  const samples = ["first-call.ts", "second-argument.ts"].map((name) => join(folder, name));
  const [kept = "", broken = ""] = samples;
  await cp(join(root, "docs/samples/first-call.ts"), kept);
  const text = await readFile(kept, "utf8");
  // As every caller of the last release would be, if createClient needed one more argument: with one too few or too many.
  await writeFile(broken, text.replace(/^}\);/m, "}, 2);"));
  const faults = brokenSamples(samples);
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(`${relative(root, broken)}:`);
  expect(faults[0]).toContain("Expected 1 arguments, but got 2.");
});
