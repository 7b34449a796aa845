import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dereferenced } from "../description/references.js";
import { Problem } from "../shared/problem.js";
import { bundle } from "./bundle.js";
import { catalogue } from "./catalogue.js";
import { operationTable } from "./operations.js";
import { prismOperations } from "./prism.js";
import { reference } from "./reference.js";
import { types } from "./types.js";
import { validatorTypes } from "./validator-types.js";
import { validators } from "./validators.js";

/** What is said wherever nothing was written. */
export const unchanged = "Nothing in generated/ was changed.";

const mark = "Generated from openapi/ by `npm run generate`. Do not edit.";

/**
 * Everything that belongs into the `generated/` folder of a project: file name → text. Nothing is written.
 * @throws {Problem} when the description is invalid
 */
export async function generate(project: string): Promise<Map<string, string>> {
  const spec = await bundle(project);
  const description = dereferenced(spec);
  const catalogueModule = catalogue(description);
  const [operationsModule, schemaTypes, validatorsCode] = await Promise.all([
    operationTable(description),
    types(spec),
    validators(description),
  ]);
  return new Map([
    // JSON has no comments: .gitattributes and the folder mark these two.
    ["openapi.json", `${JSON.stringify(spec, null, 2)}\n`],
    ["prism.json", prismOperations(spec)],
    ["schema.d.ts", `/* ${mark} */\n${schemaTypes}`],
    ["operations.js", `// ${mark}\n${operationsModule.code}`],
    ["operations.d.ts", `// ${mark}\n${operationsModule.types}`],
    ["catalogue.js", `// ${mark}\n${catalogueModule.code}`],
    ["catalogue.d.ts", `// ${mark}\n${catalogueModule.types}`],
    ["validators.js", `// ${mark}\n${validatorsCode}`],
    ["validators.d.ts", `// ${mark}\n${validatorTypes}`],
    ["reference.md", reference(description)],
  ]);
}

/** What is wrong with the `generated/` folder of a project, a sentence each. It is empty if the folder is up to date. */
export async function staleness(project: string, files: Map<string, string>): Promise<string[]> {
  const folder = join(project, "generated");
  const present = await readdir(folder).catch(() => []);
  const sentences = present
    .filter((name) => !files.has(name))
    .map((name) => `generated/${name} should not be there: nothing generates it. Delete it.`);
  for (const [name, text] of files) {
    const current = await textOf(join(folder, name));
    if (current === undefined) sentences.push(`generated/${name} is missing. Run \`npm run generate\` and commit it.`);
    else if (current !== text) {
      sentences.push(
        `generated/${name} differs from what openapi/ and package.json give. Run \`npm run generate\` and commit it.`,
      );
    }
  }
  return sentences;
}

/**
 * Writes the files, and removes all others from the `generated/` folder. All are written beside the folder first, so that it
 * stays as it was where one of them cannot be written.
 * @returns the names of what was removed
 * @throws {Problem} when a file cannot be written or removed; it says whether `generated/` was changed
 */
export async function write(project: string, files: Map<string, string>): Promise<string[]> {
  const folder = join(project, "generated");
  let fresh: string | undefined;
  let isChanged = false;
  try {
    await mkdir(folder, { recursive: true });
    fresh = await mkdtemp(join(project, ".generated-"));
    const changed = await writeChanged(folder, fresh, files);
    for (const name of changed) {
      isChanged = true;
      await rename(join(fresh, name), join(folder, name));
    }
    const removed = (await readdir(folder)).filter((name) => !files.has(name));
    for (const name of removed) {
      isChanged = true;
      await rm(join(folder, name), { recursive: true });
    }
    return removed;
  } catch (error) {
    const state = isChanged ? "It may be incomplete: fix that, and run `npm run generate` again." : unchanged;
    throw new Problem(`generated/ cannot be written: ${(error as Error).message}\n\n${state}`, { cause: error });
  } finally {
    if (fresh !== undefined) await rm(fresh, { recursive: true });
  }
}

/** Writes those files that differ from the `generated/` folder into another one, and returns their names. */
async function writeChanged(folder: string, fresh: string, files: Map<string, string>): Promise<string[]> {
  const changed: string[] = [];
  for (const [name, text] of files) {
    // A file that is up to date is not written again, because editors and `npm run dev` watch for changes.
    if ((await textOf(join(folder, name))) === text) continue;
    await writeFile(join(fresh, name), text);
    changed.push(name);
  }
  return changed;
}

function textOf(name: string): Promise<string | undefined> {
  return readFile(name, "utf8").catch(() => undefined);
}
