import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "../support/project.js";
import { heading, median, quick, row } from "./table.js";

export async function pageBench(): Promise<void> {
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
