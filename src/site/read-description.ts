import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { dereferenced } from "../description/references.js";
import type { Spec } from "../description/spec.js";
import { root } from "../tools/project.js";

/** The description as its file says it, for tools, and with its references followed, for the pages. */
export async function readDescription(): Promise<{ bundle: Spec; description: Spec }> {
  const bundle = JSON.parse(await readFile(join(root, "generated", "openapi.json"), "utf8")) as Spec;
  return { bundle, description: dereferenced(bundle) };
}
