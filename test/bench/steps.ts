import { type copyProject, run } from "../support/project.js";

export type Project = Awaited<ReturnType<typeof copyProject>>;

/** What is done with a project, in the order in which each step needs the one before. */
export const steps: Record<string, (project: Project) => Promise<unknown>> = {
  generate: (project) => project.tsx("src/generate/index.ts").then(succeeded),
  lint: (project) => node(project, "node_modules/@redocly/cli/bin/cli.js", "lint", "--format=summary"),
  "typecheck and build": (project) => run("npm", ["run", "build"], { cwd: project.folder }).then(succeeded),
  "page build": (project) => project.tsx("src/site/build.ts").then(succeeded),
  "mock start": (project) =>
    node(
      project,
      "--input-type=module",
      "-e",
      'import { createMock } from "./dist/mock/index.js"; const mock = createMock(); await mock.fetch(new Request(mock.url + "/v3/p/backups/b", { method: "DELETE", headers: { "x-auth-token": "any" } })); process.exit(0)',
    ),
};

/** How long some work takes, in seconds. */
export async function takeTime(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function node(project: Project, ...args: string[]): Promise<void> {
  succeeded(await run(process.execPath, args, { cwd: project.folder }));
}

function succeeded({ code, stdout, stderr }: Awaited<ReturnType<typeof run>>): void {
  if (code !== 0) throw new Error(`a step failed: ${(stdout + stderr).slice(0, 2000)}`);
}
