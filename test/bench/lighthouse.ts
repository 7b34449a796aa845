import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSite } from "../../src/site/build.js";
import { serveDocs } from "../../src/site/serve.js";
import { launch } from "../support/browser.js";
import { withInstalled } from "./install.js";
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
  await withInstalled([`lighthouse@${version}`], async (folder) => {
    await buildSite();
    const server = await serveDocs(0);
    const debugging = 9_000 + (process.pid % 1_000);
    const browser = await launch([`--remote-debugging-port=${debugging}`]);
    try {
      await measure(folder, (server.address() as AddressInfo).port, debugging);
    } finally {
      await browser.close();
      server.closeAllConnections();
      server.close();
    }
  });
}

/**
 * @param port where the page is served
 * @param debugging the port by which the browser is steered
 */
async function measure(folder: string, port: number, debugging: number): Promise<void> {
  const module = pathToFileURL(join(folder, "node_modules/lighthouse/core/index.js")).href;
  const { default: lighthouse }: { default: Lighthouse } = await import(module);
  for (const [device, settings] of Object.entries(devices)) {
    const rounds: Record<string, Category>[] = [];
    for (let round = 0; round < (quick ? 1 : 3); round++) {
      const { lhr } = await lighthouse(`http://127.0.0.1:${port}/`, {
        port: debugging,
        logLevel: "error",
        ...settings,
      });
      rounds.push(lhr.categories);
    }
    for (const [id, must] of Object.entries(least)) {
      const scores = rounds.map((categories) => Math.round((categories[id]?.score ?? 0) * 100));
      const spread = `${Math.min(...scores)} to ${Math.max(...scores)}`;
      row(`${rounds[0]?.[id]?.title}, ${device}`, String(median(scores)), `≥ ${must}`, "", spread);
    }
  }
}
