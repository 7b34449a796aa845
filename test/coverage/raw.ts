/** What Node writes into the folder of NODE_V8_COVERAGE at the end of a process. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { root } from "../support/project.js";

interface Raw {
  result: Script[];
}

interface Script {
  url: string;
  functions: { functionName: string; ranges: { startOffset: number; endOffset: number }[] }[];
}

const dist = pathToFileURL(join(root, "dist/")).href;
/** The lengths of the files in dist/, by address: every process has loaded many of them. */
const lengths = new Map<string, number>();

/**
 * Takes out what cannot be added up: c8 adds by address and offset, but a tool such as Vitest or Jest may have loaded another
 * text than the file has. So may the file of a process that was killed while it wrote.
 */
export function removeForeign(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const text = readFileSync(file, "utf8");
    if (!text.endsWith("}")) {
      rmSync(file);
      continue;
    }
    const raw: Raw = JSON.parse(text);
    // A test may have made a copy of a file, and removed it again.
    const present = raw.result.filter(({ url }) => !url.startsWith(dist) || existsSync(fileURLToPath(url)));
    const result = present.some(isTransformed) ? present.filter(({ url }) => !url.startsWith(dist)) : present;
    if (result.length < raw.result.length) writeFileSync(file, JSON.stringify({ ...raw, result }));
  }
}

/** Whether the process ran another text at the address of a file in dist/. */
function isTransformed({ url, functions }: Script): boolean {
  if (!url.startsWith(dist)) return false;
  const whole = functions.find(({ functionName, ranges }) => functionName === "" && ranges[0]?.startOffset === 0);
  if (!lengths.has(url)) lengths.set(url, readFileSync(fileURLToPath(url), "utf8").length);
  return whole !== undefined && whole.ranges[0]?.endOffset !== lengths.get(url);
}
