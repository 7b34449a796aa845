#!/usr/bin/env node
/** `npm run generate`: openapi/ → generated/. With `--check` it writes nothing and says what is stale. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem, root } from "../redocly.js";
import { bundle } from "./bundle.js";
import { catalogue } from "./catalogue.js";
import { operations } from "./operations.js";
import { reference } from "./reference.js";
import { types } from "./types.js";
import { validators, validatorTypes } from "./validators.js";

const folder = join(root, "generated");
const mark = "Generated from openapi/ by `npm run generate`. Do not edit.";

/** Everything that belongs into `generated/`: file name → text. Nothing is written before all of it is made. */
export async function generate(): Promise<Map<string, string>> {
  const spec = await bundle();
  const known = catalogue(spec);
  const [table, schema, code] = await Promise.all([operations(spec), types(spec), validators(spec)]);
  return new Map([
    // JSON has no comments: .gitattributes and the folder mark this one.
    ["openapi.json", `${JSON.stringify(spec, null, 2)}\n`],
    ["schema.d.ts", `/* ${mark} */\n${schema}`],
    ["operations.js", `// ${mark}\n${table.code}`],
    ["operations.d.ts", `// ${mark}\n${table.types}`],
    ["catalogue.js", `// ${mark}\n${known.code}`],
    ["catalogue.d.ts", `// ${mark}\n${known.types}`],
    ["validators.js", `// ${mark}\n${code}`],
    ["validators.d.ts", `// ${mark}\n${validatorTypes}`],
    ["reference.md", reference(spec)],
  ]);
}

/** What is wrong with `generated/`, a sentence each; empty if it is as the description says. */
async function staleness(files: Map<string, string>): Promise<string[]> {
  const present = await readdir(folder).catch(() => []);
  const sentences = present
    .filter((name) => !files.has(name))
    .map((name) => `generated/${name} should not be there: nothing generates it. Delete it.`);
  for (const [name, text] of files) {
    const current = await readFile(join(folder, name), "utf8").catch(() => undefined);
    if (current === undefined) sentences.push(`generated/${name} is missing. Run \`npm run generate\` and commit it.`);
    else if (current !== text) {
      sentences.push(
        `generated/${name} is stale: openapi/ says something else. Run \`npm run generate\` and commit it.`,
      );
    }
  }
  return sentences;
}

async function write(files: Map<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (!files.has(name)) await rm(join(folder, name), { recursive: true });
  }
  for (const [name, text] of files) await writeChanged(join(folder, name), text);
}

/** Leaves a file alone that is as it should be: others watch for changes. */
async function writeChanged(name: string, text: string): Promise<void> {
  if ((await readFile(name, "utf8").catch(() => undefined)) !== text) await writeFile(name, text);
}

try {
  const files = await generate();
  if (process.argv.includes("--check")) {
    const sentences = await staleness(files);
    for (const sentence of sentences) console.error(sentence);
    if (sentences.length) process.exitCode = 1;
    else console.log(`generated/ is up to date: ${files.size} files.`);
  } else {
    await write(files);
    console.log(`generated/  ${[...files.keys()].join("  ")}`);
  }
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(`${error.message}\n\nWhat it would have made is as it was.`);
  process.exitCode = 1;
}
