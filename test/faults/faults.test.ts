import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/project.js";
import { deviations } from "./deviations.js";
import { faultsPage } from "./page.js";
import { differences, type Tried, tryAll } from "./run.js";
import { trusted } from "./server.js";
import { faults } from "./table.js";

const all = Object.values(faults).flat();
/** As test/runtimes/runtimes.ts calls it. */
const runtime = `node-${process.versions.node.split(".")[0]}`;
const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-faults-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Makes the calls in a process of its own: it trusts certificates of the test, and has to end by itself. */
function driveNode(calls: unknown): Promise<unknown> {
  const file = join(folder, "trusted.pem");
  writeFileSync(file, trusted);
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [fileURLToPath(new URL("main.mjs", import.meta.url))],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: file }, maxBuffer: 2 ** 26 },
      (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout))),
    );
    child.stdin?.end(JSON.stringify(calls));
  });
}

describe("every fault, with both operations, with and without retries, over a fresh and a used connection", () => {
  let tried: Tried[] = [];
  beforeAll(async () => {
    tried = await tryAll(driveNode);
    // Seven hundred calls, some of which wait for a timeout, on a busy machine.
  }, 300_000);

  it.each(Object.entries(faults))("ends as the table says: %s", (_, section) => {
    const ofSection = tried.filter(({ fault }) => section.includes(fault));
    expect(ofSection.length).toBeGreaterThanOrEqual(4 * section.length);
    expect(ofSection.flatMap((one) => differences(one, runtime))).toEqual([]);
  });
  it("never makes two backups", () => {
    expect(tried.filter(({ seen }) => seen && seen.backups > 1)).toEqual([]);
    expect(tried.filter(({ seen }) => seen?.backups === 1).length).toBeGreaterThan(100);
  });
  it("goes over the connection that was used before, where it should", () => {
    const shouldReuse = tried.filter(
      ({ fault, connection }) => connection === "reused" && !fault.closesIdle && !fault.token && !fault.unseen,
    );
    expect(shouldReuse.length).toBeGreaterThan(100);
    expect(shouldReuse.filter(({ seen }) => !seen?.reused).map(({ fault }) => fault.name)).toEqual([]);
  });
});

describe("the table", () => {
  it("has at least 40 faults, each with a name of its own", () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(40);
  });
  it("is known to every deviation", () => {
    const names = all.map(({ name }) => name);
    for (const deviation of deviations) expect(names).toEqual(expect.arrayContaining([...deviation.faults]));
  });
  it("names in a row each runtime that does not keep to it", () => {
    const [rows = "", differences = ""] = faultsPage().split("## Where runtimes differ");
    expect(rows).toMatch(/^\| 407 \(differs on Node, Chromium\) \|/m);
    expect(rows).toMatch(/^\| 100 Continue before the answer \(differs on Node, workerd\) \|/m);
    expect(rows.match(/differs on/g)).toHaveLength(new Set(deviations.flatMap((one) => one.faults)).size);
    expect(differences).toContain("| Node, Chromium | 407 |");
  });
  it("is what docs/faults.md shows: `npm run faults` writes it", () => {
    expect(readFileSync(join(root, "docs/faults.md"), "utf8")).toBe(faultsPage());
  });
});
