/**
 * `npm run bench`: size, start and speed, each side by side with what somebody would use instead, in one run. Prints a table
 * and writes nothing else. `-- mock` measures one part, of client, mock and page; `-- --quick` measures less; `-- --with-official` adds the vendor's SDK, installed in a temporary folder.
 */
import { fork } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { root, run } from "../support/project.js";
import { mockBench } from "./mock.js";
import { bundleSize, client, everything } from "./size.js";

const quick = process.argv.includes("--quick");
const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN;
const row = (what: string, value: string, must = "", note = "") =>
  console.log(`${what.padEnd(48)}  ${value.padStart(12)}  ${must.padEnd(12)}  ${note}`);
const heading = (text: string) => console.log(`\n${text}\n${"-".repeat(text.length)}`);

row("", "measured", "must", "");
const parts = { client: clientBench, mock: () => mockBench({ heading, row }, quick), page: docsBench };
const chosen = Object.keys(parts).filter((name) => process.argv.includes(name));
for (const [name, bench] of Object.entries(parts)) if (!chosen.length || chosen.includes(name)) await bench();
if (process.argv.includes("--with-official")) await officialBench();

async function clientBench(): Promise<void> {
  heading("Client");
  row("createClient, bundled, minified, gzip", `${await bundleSize(client)} B`, "≤ 8,192 B", "stretch 6,144 B");
  row("everything, with both providers", `${await bundleSize(everything)} B`);
  row("fetch and JSON.stringify by hand", `${await bundleSize("globalThis.x = (u, i) => fetch(u, i)")} B`);
  const imported = (specifier: string) =>
    timed(
      `const t = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - t)`,
      quick ? 5 : 15,
    );
  row(
    "import, median",
    `${(await imported("geminidb-backup")).toFixed(1)} ms`,
    "≤ 15 ms",
    `openapi-fetch ${(await imported("openapi-fetch")).toFixed(1)} ms`,
  );

  const server = fork(file("server.mjs"));
  const port = await new Promise((resolve) => server.once("message", resolve));
  const calls = fork(file("calls.mjs"), [`http://127.0.0.1:${port}`, String(quick ? 500 : 5000)], { cwd: root });
  const times = (await new Promise((resolve) => calls.once("message", resolve))) as Record<string, number>;
  server.kill();
  const { ours = 0, same = 0, fetch: bare = 0, "openapi-fetch": plain = 0 } = times;
  row("a create on loopback, median", `${ours.toFixed(3)} ms`);
  row(
    "against bare fetch that does the same",
    `${(ours / same).toFixed(3)} ×`,
    "≤ 1.15 ×",
    `${same.toFixed(3)} ms: no redirect, timeout, limit, check`,
  );
  row("against bare fetch that does nothing more", `${(ours / bare).toFixed(3)} ×`, "", `${bare.toFixed(3)} ms`);
  row("against plain openapi-fetch", `${(ours / plain).toFixed(3)} ×`, "< 1 ×", `${plain.toFixed(3)} ms`);
}

async function docsBench(): Promise<void> {
  heading("Page, side by side with redocly build-docs --inlineBundle");
  const { launch } = await import("../support/browser.js");
  const { serveDocs } = await import("../../src/site/serve.js");
  const { redocly } = await import("../../src/redocly.js");
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-bench-"));
  const inline = join(folder, "index.html");
  await redocly("build-docs", "generated/openapi.json", "--inlineBundle", "--output", inline);
  const own = await serveDocs(0);
  const other = await serveDocs(0, folder);
  const browser = await launch();
  const paint = async (server: typeof own) => {
    const address = server.address();
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(() => {
      const shifts = window as unknown as { shift: number };
      shifts.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.shift += (entry as unknown as { value: number }).value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(`http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/`);
    await page.waitForTimeout(2500);
    const result = await page.evaluate(() => ({
      first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
      shift: (window as unknown as { shift: number }).shift,
    }));
    await page.close();
    return result;
  };
  const ours: { first: number; shift: number }[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < (quick ? 1 : 15); i++) {
    ours.push(await paint(own));
    theirs.push((await paint(other)).first);
  }
  await browser.close();
  own.close();
  other.close();
  const ratio = median(ours.map((one, index) => one.first / (theirs[index] ?? Number.NaN)));
  const first = median(ours.map((one) => one.first));
  const reference = median(theirs);
  row("first contentful paint, median", `${first.toFixed(0)} ms`, "", `inline ${reference.toFixed(0)} ms`);
  row("  against inline, median of the pairs", `${ratio.toFixed(2)} ×`, "≤ 0.5 ×");
  row("layout shift, most", Math.max(...ours.map(({ shift }) => shift)).toFixed(4), "≤ 0.02");
  row("static page, gzip", `${gzipSync(await readFile(join(root, "dist/docs/index.html"))).length} B`, "≤ 60,000 B");
  await rm(folder, { recursive: true });
}

/** The vendor's SDK, with what it forgets to declare. */
async function officialBench(): Promise<void> {
  heading("The official Node SDK");
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-official-"));
  // Registries do not always hold the very version of the core that the service's part asks for.
  const core = "@huaweicloud/huaweicloud-sdk-core";
  const version = await run("npm", ["view", core, "version"]);
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ private: true, overrides: { [core]: version.stdout.trim() } }),
  );
  const packages = ["@huaweicloud/huaweicloud-sdk-gaussdbfornosql", "uuid@8"];
  const { code, stderr } = await run("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder });
  if (code)
    console.log(`It cannot be installed here: ${stderr.split("\n").find((line) => line.startsWith("npm error"))}`);
  else {
    const theirs = await timed(
      `const t = performance.now(); require("@huaweicloud/huaweicloud-sdk-gaussdbfornosql"); console.log(performance.now() - t)`,
      5,
      folder,
      "commonjs",
    );
    const ours = await timed(
      'const t = performance.now(); await import("geminidb-backup"); console.log(performance.now() - t)',
      5,
    );
    row(
      "import, median",
      `${theirs.toFixed(1)} ms`,
      "",
      `ours ${ours.toFixed(1)} ms, ${(theirs / ours).toFixed(0)} × less`,
    );
    const { size } = JSON.parse(
      (
        await run(
          "node",
          [
            "-e",
            `const fs=require("fs"),p=require("path");let size=0;(function walk(d){for(const e of fs.readdirSync(d,{withFileTypes:true})){const f=p.join(d,e.name);if(e.isDirectory())walk(f);else size+=fs.statSync(f).size}})("node_modules");console.log(JSON.stringify({size}))`,
          ],
          { cwd: folder },
        )
      ).stdout,
    );
    row("on disk", `${(size / 2 ** 20).toFixed(1)} MB`);
  }
  await rm(folder, { recursive: true });
}

async function timed(script: string, rounds: number, cwd = root, type = "module"): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++)
    times.push(Number((await run(process.execPath, [`--input-type=${type}`, "-e", script], { cwd })).stdout));
  return median(times);
}
