import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSite } from "../../src/site/build.js";
import { serveDocs } from "../../src/site/serve.js";
import { launch } from "../support/browser.js";
import { run } from "../support/project.js";
import { heading, median, quick, row } from "./table.js";

/** The last version for Node 20. It brings 200 packages along, so it is installed when it is used. */
const version = "12.8.2";

/** What is used of Lighthouse. */
type Lighthouse = (url: string, options: object) => Promise<{ lhr: { categories: Record<string, Category> } }>;
interface Category {
  readonly title: string;
  /** From 0 to 1. */
  readonly score: number;
}

/** The least scores that the page must have, by Lighthouse's names. */
const least: Readonly<Record<string, number>> = {
  performance: 95,
  accessibility: 100,
  "best-practices": 100,
  seo: 100,
};

const devices = {
  "a slow phone": {},
  "a desktop": {
    formFactor: "desktop",
    screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
    throttling: { rttMs: 40, throughputKbps: 10_240, cpuSlowdownMultiplier: 1 },
  },
};

/** The scores that Lighthouse gives to the page, as it is served. */
export async function lighthouseBench(): Promise<void> {
  heading(`Lighthouse ${version}`);
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-lighthouse-"));
  try {
    const fault = await install(folder);
    if (fault) return console.log(`It cannot be installed here: ${fault}`);
    await buildSite();
    await measure(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @returns why it cannot be installed, if it cannot */
async function install(folder: string): Promise<string | undefined> {
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
  const args = ["install", "--no-audit", "--no-fund", `lighthouse@${version}`];
  const { code, stderr } = await run("npm", args, { cwd: folder });
  return code ? stderr.split("\n").find((line) => line.startsWith("npm error")) : undefined;
}

async function measure(folder: string): Promise<void> {
  const module = pathToFileURL(join(folder, "node_modules/lighthouse/core/index.js")).href;
  const { default: lighthouse }: { default: Lighthouse } = await import(module);
  const server = await serveDocs(0);
  const port = 9_000 + (process.pid % 1_000);
  const browser = await launch([`--remote-debugging-port=${port}`]);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  for (const [device, settings] of Object.entries(devices)) {
    const rounds: Record<string, Category>[] = [];
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      rounds.push((await lighthouse(url, { port, logLevel: "error", ...settings })).lhr.categories);
    }
    for (const [id, must] of Object.entries(least)) {
      const scores = rounds.map((categories) => Math.round((categories[id]?.score ?? 0) * 100));
      const spread = `${Math.min(...scores)} to ${Math.max(...scores)}`;
      row(`${rounds[0]?.[id]?.title}, ${device}`, String(median(scores)), `≥ ${must}`, "", spread);
    }
  }
  await browser.close();
  server.closeAllConnections();
  server.close();
}
