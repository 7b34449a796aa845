/** The endpoint that CONTRIBUTING.md adds in five steps: its blocks of YAML, and what they are for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.js";

const [path = "", address = "", document = "", beyond = "", sentences = ""] = blocksOf(
  readFileSync(join(root, "CONTRIBUTING.md"), "utf8"),
);

/** Changes a file of a copy of the project. */
type Edit = (name: string, change: (text: string) => string) => Promise<void>;
/** Makes one. */
type Write = (name: string, text: string) => Promise<void>;

/** The first two steps: the file of the path, and its address. */
export async function describeEndpoint(write: Write, edit: Edit): Promise<void> {
  await write("openapi/paths/backups.yaml", path);
  // Somebody who tries the steps has it there already.
  if (readFileSync(join(root, "openapi/openapi.yaml"), "utf8").includes(address)) return;
  await edit("openapi/openapi.yaml", (text) => text.replace("\ncomponents:\n", `\n${address}components:\n`));
}

/** The fourth step, in `test/transcript/`. */
export async function transcribeEndpoint(write: Write, edit: Edit): Promise<void> {
  await write("test/transcript/listing-manual-backups.yaml", document);
  await edit("test/transcript/error-codes.tsv", (text) => text.replaceAll(/\t(delete[^\t]*)\t/g, "\t$1 list\t"));
  await edit("test/transcript/beyond.yaml", (text) => text + beyond);
  await edit("test/transcript/sentences.yaml", (text) => text + sentences);
}

/** The blocks of YAML in a text, without the space that indents their fences in a list. */
function blocksOf(text: string): string[] {
  const blocks = [...text.matchAll(/^( *)```yaml\n([^`]*)/gm)];
  return blocks.map(([, indent = "", block = ""]) =>
    block
      .trimEnd()
      .replace(RegExp(`^${indent}`, "gm"), "")
      .concat("\n"),
  );
}
