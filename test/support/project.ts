import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end, and gives what it printed. */
export function run(
  command: string,
  args: string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeout?: number } = {},
): Promise<Result> {
  return new Promise((resolve) => {
    execFile(
      command,
      args,
      { cwd: root, timeout: 600_000, maxBuffer: 2 ** 26, ...options, env: { ...process.env, ...options.env } },
      (error, stdout, stderr) => {
        const killed = error?.killed ? `${command} was ended: it took longer than the test gives it.\n` : "";
        resolve({ code: codeOf(error), stdout, stderr: stderr + killed });
      },
    );
  });
}

function codeOf(error: { code?: unknown } | null): number {
  if (error === null) return 0;
  return typeof error.code === "number" ? error.code : 1;
}

/** Runs a program in TypeScript. One process less than the command `tsx` takes, which starts Node once more. */
export function runTsx(script: string, ...args: string[]): Promise<Result> {
  return run(process.execPath, ["--import", "tsx", script, ...args]);
}

/** A copy of the project, to change things in. It shares the installed packages. */
export async function copyProject(): Promise<{
  folder: string;
  read(name: string): Promise<string>;
  write(name: string, text: string): Promise<void>;
  edit(name: string, change: (text: string) => string): Promise<void>;
  tsx(script: string, ...args: string[]): Promise<Result>;
  [Symbol.asyncDispose](): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-project-"));
  for (const name of [
    "openapi",
    "generated",
    "src",
    "docs",
    "README.md",
    "CHANGELOG.md",
    "LICENSE",
    ".changeset",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "tsconfig.build.json",
    "redocly.yaml",
    "test/compatibility",
  ]) {
    await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const read = (name: string) => readFile(join(folder, name), "utf8");
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  return {
    folder,
    read,
    write,
    edit: (name, change) => editIn(folder, name, change),
    tsx: (script, ...args) => run(process.execPath, ["--import", "tsx", script, ...args], { cwd: folder }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** A copy of all that belongs to the project, its tests as well. It shares the installed packages. @returns its folder */
export async function copyWholeProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-whole-"));
  const files = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard"]);
  for (const file of files.stdout.trim().split("\n"))
    await cp(join(root, file), join(folder, file), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** Changes a file of a copy. A change that changes nothing is a mistake of the test. */
export async function editIn(folder: string, name: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(join(folder, name), "utf8");
  const after = change(before);
  if (after === before) throw new Error(`the change of ${name} changes nothing`);
  await writeFile(join(folder, name), after);
}
