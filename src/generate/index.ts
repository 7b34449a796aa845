#!/usr/bin/env node
/** `npm run generate`: openapi/ → generated/. With `--check` it writes nothing and says what is stale. */
import { parseArgs } from "node:util";
import { Problem, root } from "../project.js";
import { generate, staleness, unchanged, write } from "./generate.js";

try {
  const { check } = options();
  const files = await generate(root).catch((error: unknown) => {
    if (error instanceof Problem) error.message += `\n\n${unchanged}`;
    throw error;
  });
  if (check) {
    const sentences = await staleness(root, files);
    for (const sentence of sentences) console.error(sentence);
    if (sentences.length) process.exitCode = 1;
    else console.log(`generated/ is up to date: ${files.size} files.`);
  } else {
    const removed = await write(root, files);
    console.log(`generated/  ${[...files.keys()].join("  ")}`);
    if (removed.length) console.log(`Removed, because nothing generates it: ${removed.join(", ")}`);
  }
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function options(): { check?: boolean | undefined } {
  try {
    return parseArgs({ options: { check: { type: "boolean" } } }).values;
  } catch (error) {
    const [reason] = (error as Error).message.split(". ");
    throw new Problem(`generate: ${reason}. The only option is --check.`, { cause: error });
  }
}
