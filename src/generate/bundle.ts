import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { redocly } from "../redocly.js";
import { errorsOf, type Spec } from "./description.js";
import { errorTable } from "./reference.js";

/**
 * Lints `openapi/` and bundles it into one document. Two things are carried to where readers look for them: the
 * name of an error code into the summary of its example, and the list of all codes into a tag of its own.
 * @throws {Problem} with file, line and reason, when the description is invalid or cannot be read
 */
export async function bundle(): Promise<Spec> {
  await redocly("lint", "--format=stylish");
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-"));
  try {
    const file = join(folder, "openapi.json");
    await redocly("bundle", "openapi/openapi.yaml", "--output", file);
    return (JSON.parse(await readFile(file, "utf8")) as Spec);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function carry(spec: Spec): Spec {
  const errors = errorsOf(spec);
  if (errors.length) {
    spec.tags.push({ name: "Error codes", "x-traitTag": true, description: errorTable(spec) });
  }
  const files = spec.components.examples;
  for (const [file, example] of Object.entries(files)) {
    const code = (example.value as { error_code?: string } | null)?.error_code;
    if (code && file.startsWith("error.")) files[file] = { ...example, summary: `${code}: ${example.summary}` };
  }
  return spec;
}
