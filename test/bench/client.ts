import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { root, run } from "../support/project.js";
import { budget, bundleSize, client, everything, openapiFetch } from "./size.js";
import { heading, median, milliseconds, quick, ratio, row } from "./table.js";

export async function clientBench(): Promise<void> {
  heading("Client");
  const must = `≤ ${budget.toLocaleString("en")} B`;
  row(
    "client with passwordToken, bundled, minified, gzip",
    `${await bundleSize(client)} B`,
    must,
    "the official SDK: 199,816 B",
  );
  row("  of it openapi-fetch", `${await bundleSize(openapiFetch)} B`);
  row("everything that the package exports", `${await bundleSize(everything)} B`);
  await imports();
  await calls();
}

async function imports(): Promise<void> {
  const rounds = quick ? 5 : 15;
  const ours: number[] = [];
  const plain: number[] = [];
  // In turn, because whatever else the machine does would meet one of them only.
  for (let round = 0; round < rounds; round++) {
    ours.push(await importTime("geminidb-backup"));
    plain.push(await importTime("openapi-fetch"));
  }
  row("import, median", `${median(ours).toFixed(1)} ms`, "", `openapi-fetch alone ${median(plain).toFixed(1)} ms`);
  ratio("  against openapi-fetch alone", ours, plain, "≤ 2 ×");
}

async function importTime(specifier: string): Promise<number> {
  const script = `const t = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - t)`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script], { cwd: root });
  return Number(stdout);
}

async function calls(): Promise<void> {
  const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const server = fork(file("server.mjs"));
  const port = await new Promise((resolve) => server.once("message", resolve));
  const measuring = fork(file("calls.mjs"), [`http://127.0.0.1:${port}`, String(quick ? 500 : 5000)], { cwd: root });
  const times = (await new Promise((resolve) => measuring.once("message", resolve))) as Record<string, number[]>;
  server.kill();
  const { ours = [], same = [], fetch: bare = [], "openapi-fetch": plain = [] } = times;
  row("a create on loopback, median", milliseconds(ours));
  ratio("  against plain openapi-fetch", ours, plain, "≤ 1.15 ×", milliseconds(plain));
  ratio("  against bare fetch that checks as much", ours, same, "", milliseconds(same));
  ratio("  against bare fetch that checks nothing", ours, bare, "", milliseconds(bare));
}
