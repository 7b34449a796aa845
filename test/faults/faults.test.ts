import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../support/project.js";
import { deviations } from "./deviations.js";
import { faultsPage } from "./page.js";
import { faults } from "./table.js";

const all = Object.values(faults).flat();

describe("the table", () => {
  it("has at least 40 faults, each with a name of its own", () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.length).toBeGreaterThanOrEqual(40);
  });
  it("is known to every deviation", () => {
    const names = all.map(({ name }) => name);
    for (const deviation of deviations) expect(names).toEqual(expect.arrayContaining([...deviation.faults]));
  });
  it("is what docs/faults.md shows: `npm run faults` writes it", () => {
    expect(readFileSync(join(root, "docs/faults.md"), "utf8")).toBe(faultsPage());
  });
});
