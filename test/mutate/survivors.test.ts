/** What is known of the mutants of the code that survive. Whether they do is tried by `npm run mutate:code`. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../support/project.js";
import { rooms } from "./code/rooms.js";
import { outdatedIn, readSurvivors } from "./code/survivors.js";

function sourceOf(file: string): string | undefined {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

describe.each(Object.keys(rooms))("the survivors of %s", (room) => {
  const file = `test/mutate/code/survivors/${room}.yaml`;
  const groups = readSurvivors(join(root, file));

  it("each have a reason", () => {
    expect(groups.flatMap(({ mutants }) => mutants).length).toBeGreaterThan(100);
    for (const { reason } of groups) expect(reason).toMatch(/^[A-Z].*\.$/);
  });

  it("are in code that is still there", () => {
    const advice = `This code has changed since. Take it out of ${file}, or try it again: npm run mutate:code -- ${room} FILE`;
    expect(outdatedIn(groups, sourceOf), advice).toEqual([]);
  });
});

it("a survivor whose file or code is gone is told", () => {
  const mutants = ["src/a.ts: one === two → true", "src/a.ts: one !== two → true", "src/gone.ts: 1 → 2"];
  const source = new Map([["src/a.ts", "if (one ===\n  two) {"]]);
  expect(outdatedIn([{ reason: "Any.", mutants }], (file) => source.get(file))).toEqual(mutants.slice(1));
});
