import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { buildSite } from "../../src/site/build.js";
import { serveDocs } from "../../src/site/serve.js";
import { redocly } from "../../src/tools/redocly.js";
import { launch } from "../support/browser.js";
import { root } from "../support/project.js";
import { heading, median, quick, ratio, row } from "./table.js";

/** What a reader waits for, in milliseconds, and how far the page moves under the reader's eyes. */
interface Reading {
  firstPaint: number;
  largestPaint: number;
  /** The part of each task that is longer than 50 ms, summed. */
  blocked: number;
  shift: number;
}

interface Conditions {
  name: string;
  /** How many times slower the processor is. */
  slowdown: number;
  /** Slow 4G as Lighthouse has it. */
  slowNetwork: boolean;
}

/** The servers of what is compared. */
interface Pages {
  own: Server;
  redoc: Server;
  /** A page of one word: what the browser takes for any page. */
  word: Server;
}

const conditions: Conditions[] = [
  { name: "this machine", slowdown: 1, slowNetwork: false },
  { name: "a slow phone", slowdown: 4, slowNetwork: true },
];

export async function pageBench(): Promise<void> {
  heading("Page, side by side with redocly build-docs --inlineBundle");
  await buildSite();
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-bench-"));
  const [redocFolder, wordFolder] = [join(folder, "redoc"), join(folder, "word")];
  await redocly("build-docs", "generated/openapi.json", "--inlineBundle", "--output", join(redocFolder, "index.html"));
  await mkdir(wordFolder);
  await writeFile(join(wordFolder, "index.html"), "<!doctype html><title>Word</title><p>Word");
  const pages: Pages = {
    own: await serveDocs(0),
    redoc: await serveDocs(0, redocFolder),
    word: await serveDocs(0, wordFolder),
  };
  const browser = await launch();
  for (const one of conditions) await compare(browser, one, pages);
  await browser.close();
  for (const server of Object.values(pages)) {
    server.closeAllConnections();
    server.close();
  }
  const size = gzipSync(await readFile(join(root, "dist/docs/index.html")), { level: 9 }).length;
  row("everything but Redoc, gzip", `${size} B`, "≤ 60,000 B");
  await rm(folder, { recursive: true });
}

async function compare(browser: Browser, condition: Conditions, pages: Pages): Promise<void> {
  const readings: Record<keyof Pages, Reading[]> = { own: [], redoc: [], word: [] };
  // In turn, because whatever else the machine does would otherwise meet one of them only.
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    for (const page of ["own", "redoc", "word"] as const)
      readings[page].push(await read(browser, pages[page], condition));
  }
  const compared = (what: string, key: keyof Reading, must: string) => {
    const of = (page: keyof Pages) => readings[page].map((reading) => reading[key]);
    const [mine, reference, least] = [of("own"), of("redoc"), of("word")];
    const note = `inline ${median(reference).toFixed(0)} ms, one word ${median(least).toFixed(0)} ms`;
    row(`${what}, ${condition.name}`, `${median(mine).toFixed(0)} ms`, "", note);
    ratio(`  ${what}, ${condition.name}, against inline`, mine, reference, must);
  };
  compared("first contentful paint", "firstPaint", "≤ 0.5 ×");
  compared("largest contentful paint", "largestPaint", "≤ 0.5 ×");
  compared("blocking time", "blocked", "≤ 0.05 ×");
  row(
    `layout shift, most, ${condition.name}`,
    Math.max(...readings.own.map(({ shift }) => shift)).toFixed(4),
    "≤ 0.02",
  );
}

async function read(browser: Browser, server: Server, { slowdown, slowNetwork }: Conditions): Promise<Reading> {
  const context = await browser.newContext({ viewport: { width: slowNetwork ? 412 : 1280, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  if (slowNetwork) {
    const throughput = (1.6 * 1024 * 1024) / 8;
    const network = { offline: false, latency: 150, downloadThroughput: throughput, uploadThroughput: throughput };
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", network);
  }
  await page.addInitScript(observe);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  // Redoc works for seconds after it was loaded.
  await page.waitForTimeout(2500 * slowdown);
  const reading = await page.evaluate(() => (window as unknown as { reading: Reading }).reading);
  await context.close();
  return reading;
}

/** Runs in the page, before everything else. It names no function: tsx would add a helper that the page does not have. */
function observe(): void {
  const reading = { firstPaint: 0, largestPaint: 0, blocked: 0, shift: 0 };
  Object.assign(window, { reading });
  for (const type of ["paint", "largest-contentful-paint", "longtask", "layout-shift"]) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.name === "first-contentful-paint") reading.firstPaint = entry.startTime;
        if (type === "largest-contentful-paint") reading.largestPaint = entry.startTime;
        if (type === "longtask") reading.blocked += Math.max(0, entry.duration - 50);
        if (type === "layout-shift") reading.shift += (entry as PerformanceEntry & { value: number }).value;
      }
    }).observe({ type, buffered: true });
  }
}
