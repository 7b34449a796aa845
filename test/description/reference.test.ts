import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { documentedErrors } from "../support/transcript.js";

const reference = readFileSync(new URL("../../generated/reference.md", import.meta.url), "utf8");
const section = (title: string) => reference.split(/^## /m).find((text) => text.startsWith(title)) ?? "";
const rows = section("Error codes")
  .split("\n")
  .filter((line) => line.startsWith("| <a "))
  .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| /, "").trim()));
const row = (code: string, status: string) =>
  rows.find((cells) => cells[0]?.includes(`\`${code}\``) && cells[1] === status);

/** A delete may be repeated whatever happened, a create may not. */
const safeOnly = "`deleteManualBackup`: yes. `createManualBackup`: check the outcome first.";

describe("the reference", () => {
  it.each(documentedErrors)(
    "lists $status $code with its meaning, what to do and its message",
    ({ status, code, error_msg }) => {
      const [, , meaning = "", advice = "", , , message = ""] = row(code, status) ?? [];
      expect(meaning.length).toBeGreaterThan(10);
      expect(advice.length).toBeGreaterThan(10);
      expect(message).toContain(error_msg);
    },
  );

  it("lists nothing else but the error of IAM", () => {
    expect(rows).toHaveLength(documentedErrors.length + 1);
  });

  it.each([
    ["DBS.200019", "403", "Yes, after 10 s or more. Nothing was started."],
    ["APIGW.0308", "429", "Yes, after 2 s or more. Nothing was started."],
    ["DBS.280005", "500", safeOnly],
    ["APIGW.0201", "502", safeOnly],
    ["APIGW.0201", "413", "No."],
    ["APIGW.0301", "401", "Yes, with a new token."],
    ["APIGW.0307", "401", "Yes, with a new token."],
    ["DBS.280056", "403", "Yes, with a new token."],
    ["iam.401", "401", "Yes, with a new token."],
    ["DBS.201014", "403", "Later."],
    ["DBS.200001", "400", "No."],
  ])("says of %s with %s whether to repeat the request: %s", (code, status, repeat) => {
    expect(row(code, status)?.[4]).toEqual(repeat);
  });

  it('never says "no" beside an advice to wait or to repeat', () => {
    const contradictions = rows.filter(
      ([, , , advice = "", repeat]) => repeat === "No." && /wait|repeat/i.test(advice),
    );
    expect(contradictions).toEqual([]);
  });

  it("has an anchor for each code, once, and each link leads to one", () => {
    const anchors = [...reference.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
    expect(new Set(anchors).size).toBe(anchors.length);
    for (const { code } of documentedErrors) expect(anchors).toContain(code);
    const links = [...reference.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(60);
    for (const link of links) expect(anchors).toContain(link);
  });

  it.each(["Create a manual backup", "Delete a manual backup"])(
    "%s: a failure links to the row of its own status",
    (title) => {
      for (const status of ["502", "504"]) {
        const line = section(title)
          .split("\n")
          .find((text) => text.startsWith(`- **${status}**`));
        expect(line).toContain(`[\`APIGW.0201\`](#APIGW.0201-${status})`);
      }
    },
  );

  it.each(["Create a manual backup", "Delete a manual backup"])(
    "%s: shows the header x-request-id and the key request_id",
    (title) => {
      expect(section(title).match(/^\| `x-request-id` /gm)).toHaveLength(2);
      expect(section(title)).toMatch(/^\| `request_id` /m);
    },
  );
});
