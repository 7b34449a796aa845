#!/usr/bin/env node
/** `npm run generate`: openapi/ → generated/. With `--check` it writes nothing and says what is stale. */
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { main, readOptions } from "../tools/script.js";
import { generate, staleness, unchanged, write } from "./generate.js";

await main(async () => {
  const { check } = readOptions("generate", { check: { type: "boolean" } });
  const files = await generate(root).catch((error: unknown) => {
    if (error instanceof Problem) error.message += `\n\n${unchanged}`;
    throw error;
  });
  await (check ? checkFiles(files) : writeFiles(files));
});

/** @throws {Problem} that says what is stale */
async function checkFiles(files: Map<string, string>): Promise<void> {
  const sentences = await staleness(root, files);
  if (sentences.length > 0) throw new Problem(sentences.join("\n"));
  console.log(`generated/ is up to date: ${files.size} files.`);
}

async function writeFiles(files: Map<string, string>): Promise<void> {
  const removed = await write(root, files);
  console.log(`generated/  ${[...files.keys()].join("  ")}`);
  if (removed.length > 0) console.log(`Removed, because nothing generates it: ${removed.join(", ")}`);
}
