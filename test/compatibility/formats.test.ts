import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { catalogue } from "../../generated/catalogue.js";
import { readBaseline } from "../../src/release/baseline.js";
import { brokenFormats, brokenOutputs } from "../../src/release/broken-formats.js";
import { commandOutputs, shapeOf } from "../../src/release/command-output.js";
import { withMock } from "../../src/release/running-mock.js";
import { root, run } from "../support/project.js";

const consumer = join(root, "test/compatibility/consumer");
const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-formats-"));
afterAll(() => rm(folder, { recursive: true }));

describe("what a script keeps and reads, which surface.test.ts compares with the last release", async () => {
  const baseline = await readBaseline();
  const outputs = JSON.parse(await readFile(baseline.path("output.json"), "utf8"));

  it("is told where the present commands refuse it, or print another thing", async () => {
    const later = join(folder, "later");
    await cp(consumer, later, { recursive: true });
    await writeFile(join(later, "scenario.yaml"), "deleteManualBackup: [{ retry-after: 1 }]\n");
    await writeFile(join(later, "state.json"), '{ "version": 0 }\n');
    const [scenario, state, ...others] = await brokenFormats(later, outputs);
    expect(scenario).toMatch(/^A scenario of the last release is refused: .* no key retry-after/);
    expect(state).toMatch(/^A command, or a state, of the last release works no longer: [\s\S]* is damaged/);
    expect(others).toEqual([]);
    const another = { ...outputs, delete: { job_id: "number", when: "string" } };
    expect(await brokenFormats(consumer, another)).toEqual([
      "geminidb-backup delete: job_id of its output was of the type number, and is of the type string now.",
      "geminidb-backup delete: when of its output is gone.",
    ]);
  });
});

it("a key more, and a command more, break no script", () => {
  const before = { delete: { job_id: "string" } };
  expect(brokenOutputs(before, { delete: { job_id: "string", more: "null" }, more: {} })).toEqual([]);
});

it("the shape of a document has each place once, with all keys of the items of a list", () => {
  const value = { one: [{ two: 1 }, { three: null }], four: { five: ["six"] }, none: [] };
  expect(shapeOf(value)).toEqual({ "one[].two": "number", "one[].three": "null", "four.five[]": "string" });
});

describe("what the next release keeps", async () => {
  const outputs = await commandOutputs(consumer);

  it("is the output of each command that calls the service, and no list in it is empty", async () => {
    const names = catalogue.operations.map(({ command }) => command);
    expect(Object.keys(outputs).sort()).toEqual([...names, "rotate", "rotate --dry-run"].sort());
    for (const command of ["rotate", "rotate --dry-run"]) {
      const lists = Object.keys(outputs[command] ?? {}).map((place) => place.replace(/\[\].*/, ""));
      expect([...new Set(lists)].sort(), command).toEqual(["deleted", "kept", "made", "unknown"]);
    }
  });

  it("is a scenario with every key of a reply", async () => {
    const { components } = parse(await readFile(join(root, "docs/mock-control.openapi.yaml"), "utf8"));
    const scenario: Record<string, object[]> = parse(await readFile(join(consumer, "scenario.yaml"), "utf8"));
    const used = Object.values(scenario).flat().flatMap(Object.keys);
    expect([...new Set(used)].sort()).toEqual(Object.keys(components.schemas.Reply.properties).sort());
  });

  it("is a state as a rotation writes it, with a backup of each status", async () => {
    const kept = JSON.parse(await readFile(join(consumer, "state.json"), "utf8"));
    expect(kept.backups.map(({ status }: { status: string }) => status)).toEqual(["deleting", "made", "unknown"]);
    const written = join(folder, "state.json");
    await withMock(["--stateless"], async (url) => {
      await writeFile(written, JSON.stringify({ ...kept, baseUrl: url }));
      const flags = { "instance-id": "instance", "name-prefix": "nightly", keep: "3", state: written };
      const target = { "base-url": url, "project-id": "project" };
      const args = Object.entries({ ...flags, ...target }).flatMap(([name, value]) => [`--${name}`, value]);
      const { code, stderr } = await run(process.execPath, [join(root, "dist/cli/index.js"), "rotate", ...args], {
        env: { OS_TOKEN: "any" },
      });
      expect(code, stderr).toBe(0);
    });
    const state = JSON.parse(await readFile(written, "utf8"));
    // The first one was deleted, and one was made.
    expect(state.backups.length).toBe(kept.backups.length);
    expect(shapeOf(state)).toEqual(shapeOf(kept));
  });
});
