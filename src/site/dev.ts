/** `npm run dev`: mock and docs, rebuilt whenever their sources change. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { watch } from "node:fs";
import { join } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { main } from "../tools/script.js";
import { docsPort, PortInUse, serveDocs } from "./serve.js";

const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
/** Printed once, after the first build that succeeds. */
const builtMessage = `The docs are at http://127.0.0.1:${docsPort}/. Reload after a change. Ctrl-C ends everything.`;
/** Printed after each build that fails, as long as none has succeeded. */
const failedMessage =
  "The build failed, so there is no mock, and no docs but those of an earlier build. Fix what is said above: saving it builds again. Ctrl-C ends everything.";
/** An editor writes a file in several steps: the folder has to be quiet for so many milliseconds. */
const quiet = 200;

let mock: ChildProcess | undefined;
let isBuilding = false;
/** Whether something has changed since the last build began. */
let isStale = false;

/** Runs a program of this project, with its output here. */
function start(script: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [tsx, join(root, "src", script), ...args], { stdio: "inherit", cwd: root });
}

async function succeeds(script: string): Promise<boolean> {
  const [code] = await once(start(script), "exit");
  return code === 0;
}

/** Builds everything again, and once more if something changes meanwhile. */
async function refresh(): Promise<void> {
  isStale = true;
  if (isBuilding) return;
  isBuilding = true;
  try {
    while (isStale) {
      isStale = false;
      await build();
    }
  } finally {
    isBuilding = false;
  }
}

async function build(): Promise<void> {
  const isRunning = mock !== undefined;
  const isBuilt = (await succeeds("generate/index.ts")) && (await succeeds("site/build.ts"));
  if (isBuilt) await restartMock();
  if (!isRunning) console.log(isBuilt ? builtMessage : failedMessage);
}

async function restartMock(): Promise<void> {
  if (mock?.exitCode === null && mock.signalCode === null) {
    const ended = once(mock, "exit");
    mock.kill("SIGTERM");
    await ended;
  }
  mock = start("cli/index.ts", "mock");
}

function watchFolders(): void {
  let timer: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), quiet);
  };
  // The page shows the options of the client and the help of the commands as well.
  for (const folder of ["openapi", "docs", "src"]) watch(join(root, folder), { recursive: true }, changed);
  // The page shows the changelog, and the generator writes the version of the package into generated/.
  watch(root, (_, name) => {
    if (name === "CHANGELOG.md" || name === "package.json") changed();
  });
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    mock?.kill("SIGTERM");
    process.exit(0);
  });
}
await main(async () => {
  // The port first: when it is in use, nothing has been started that would have to be ended.
  await serveDocs(docsPort).catch((error: unknown) => {
    if (!(error instanceof PortInUse)) throw error;
    throw new Problem(
      `Port ${docsPort} is in use, perhaps by another \`npm run dev\` or \`npm run docs\`. End that first.`,
    );
  });
  watchFolders();
  await refresh();
});
