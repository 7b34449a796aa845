import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../project.js";

/** What this room reads of package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** `repository`: the address of the repository, empty until the project is published. */
  readonly config: { readonly repository: string };
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

export async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, "package.json"), "utf8"));
}
