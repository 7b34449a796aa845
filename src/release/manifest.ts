import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../tools/project.js";

/** What this room reads of package.json. */
export interface Manifest extends PublicManifest {
  readonly name: string;
  readonly version: string;
  /** `repository`: the address of the repository, empty until it has one. */
  readonly config: { readonly repository: string };
}

/** What those rely on who install the package. */
export interface PublicManifest {
  readonly type?: string;
  readonly engines?: Ranges;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Ranges;
  readonly peerDependencies?: Ranges;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Names, and the versions of each that will do. */
export type Ranges = Readonly<Record<string, string>>;

export async function readManifest(): Promise<Manifest> {
  return JSON.parse(await readFile(join(root, "package.json"), "utf8"));
}

/** The public part of package.json as a text, to review and to compare changes in. */
export function manifestReport(manifest: PublicManifest): string {
  const { type, engines, exports, bin, dependencies, peerDependencies, peerDependenciesMeta } = manifest;
  const shown = { type, engines, exports, bin, dependencies, peerDependencies, peerDependenciesMeta };
  return `${JSON.stringify(shown, null, 2)}\n`;
}
