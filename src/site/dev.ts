/** `npm run dev`: mock and docs, made anew whenever `openapi/` or `docs/` changes. */
import { type ChildProcess, spawn } from "node:child_process";
import { watch } from "node:fs";
import { join } from "node:path";
import { root } from "../redocly.js";
import { serveDocs } from "./serve.js";

const tsx = join(root, "node_modules", "tsx", "dist", "cli.mjs");
const run = (script: string, ...args: string[]) =>
  spawn(process.execPath, [tsx, join(root, "src", script), ...args], { stdio: "inherit", cwd: root });
let mock: ChildProcess | undefined;
let running = false;
let again = true;

async function refresh(): Promise<void> {
  if (running) return;
  running = true;
  while (again) {
    again = false;
    const code = await new Promise((resolve) => run("generate/index.ts").once("exit", resolve));
    if (code !== 0) continue;
    if (mock) {
      const ended = new Promise((resolve) => mock?.once("exit", resolve));
      mock.kill("SIGTERM");
      await ended;
    }
    mock = run("cli/index.ts", "mock");
  }
  running = false;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    mock?.kill("SIGTERM");
    process.exit(0);
  });
}
let pause: NodeJS.Timeout | undefined;
for (const folder of ["openapi", "docs"]) {
  watch(join(root, folder), { recursive: true }, () => {
    // An editor writes a file in several steps: wait until it is done.
    clearTimeout(pause);
    pause = setTimeout(() => {
      again = true;
      void refresh();
    }, 200);
  });
}
await refresh();
await serveDocs(4011);
console.log("The docs are at http://127.0.0.1:4011/. Reload after a change. Ctrl-C ends everything.");
