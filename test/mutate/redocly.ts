import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { quietEnvironment, redoclyProgram } from "../../src/tools/redocly.js";
import type { Node } from "../support/facts.js";
import { run } from "../support/project.js";

type Files = ReadonlyMap<string, string>;

/**
 * Bundles many versions of openapi/ in one call, because the start of Redocly takes longer than its work. A version that
 * cannot be bundled has no result.
 */
export function bundle(versions: readonly Files[]): Promise<(Node | undefined)[]> {
  return onDisk(versions, async (roots, folder) => {
    const output = join(folder, "bundles");
    // Redocly takes the output for a file where it gets one description, and for a folder where it gets more.
    const target = roots.length === 1 ? join(output, `${nameOf(0)}.json`) : output;
    if (roots.length > 0) await redocly("bundle", ...roots, "--ext", "json", "--output", target);
    return Promise.all(
      versions.map(async (_, index) => {
        const text = await readFile(join(output, `${nameOf(index)}.json`), "utf8").catch(() => undefined);
        return text === undefined ? undefined : (JSON.parse(text) as Node);
      }),
    );
  });
}

/** Lints many versions of openapi/ in one call. The result is the first problem of each, if it has any. */
export function lint(versions: readonly Files[]): Promise<(string | undefined)[]> {
  return onDisk(versions, lintRoots);
}

interface Report {
  problems: { ruleId: string; message: string }[];
}

async function lintRoots(roots: string[]): Promise<(string | undefined)[]> {
  if (roots.length === 0) return [];
  const { stdout, stderr } = await redocly("lint", ...roots, "--format=json", "--lint-config=off", "--max-problems=1");
  // One report follows the other without a line break between them.
  const reports = stdout.split(/(?<=^\})(?=\{$)/m).filter((text) => text.startsWith("{"));
  const problems = reports.map((text) => {
    const [first] = (JSON.parse(text) as Report).problems;
    return first && `${first.ruleId}: ${first.message}`;
  });
  if (problems.length === roots.length) return problems;
  // Redocly stops at a version that it cannot read at all: the one behind the last report.
  const rest = await lintRoots(roots.slice(problems.length + 1));
  return [...problems, `redocly stopped: ${stderr.trim().slice(0, 200)}`, ...rest];
}

/** Writes each version into a folder of its own, and removes all of them at the end. */
async function onDisk<T>(versions: readonly Files[], use: (roots: string[], folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-mutate-"));
  try {
    const roots = await Promise.all(versions.map((files, index) => write(files, join(folder, String(index)), index)));
    return await use(roots, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes the files, and returns the one that the others hang on. */
async function write(files: Files, folder: string, index: number): Promise<string> {
  const main = join(folder, `${nameOf(index)}.yaml`);
  for (const [name, text] of files) {
    const file = name === "openapi.yaml" ? main : join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return main;
}

/** Redocly names a bundle after the file that it starts from, so each of them has a name of its own. */
function nameOf(index: number): string {
  return `description-${index}`;
}

function redocly(...args: string[]) {
  return run(process.execPath, [redoclyProgram, ...args], { env: quietEnvironment, timeout: 600_000 });
}
