/** Numbers and names that a guide repeats stand there as the code has them, and facts of the service as the transcript has them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { exitCodes } from "../../src/cli/exit-codes.js";
import { headerOverflowAdvice } from "../../src/client/large-headers.js";
import { defaults } from "../../src/client/options.js";
import { longestWait, retryDelay } from "../../src/client/retry.js";
import {
  bodyTimeout,
  fullCheckLimit,
  largestBody,
  largestHeaders,
  largestWithoutShare,
  longestRecordedBody,
  longestValue,
  mostDropped,
  mostKept,
  mostResources,
} from "../../src/mock/limits.js";
import { faults } from "../faults/table.js";
import { root } from "../support/project.js";
import { sentenceGroups } from "../support/transcript-sentences.js";

const guides = readdirSync(join(root, "docs/guides"));
/** A guide in one line, by the number in its name. */
function guide(start: string): string {
  const name = guides.find((file) => file.startsWith(start)) ?? "";
  return readFileSync(join(root, "docs/guides", name), "utf8").replace(/\s+/g, " ");
}

const kB = (bytes: number) => `${bytes / 2 ** 10} kB`;
const MB = (bytes: number) => `${bytes / 2 ** 20} MB`;
const count = (number: number) => number.toLocaleString("en");
const times: Record<number, string> = { 1: "once", 2: "twice" };

/** The longest wait before a retry, in seconds. */
function longestJitter(retries: number): number {
  using _ = vi.spyOn(Math, "random").mockReturnValue(1);
  return retryDelay(retries, 0, undefined) / 1000;
}

describe("a guide says what the code does", () => {
  it.each([
    ["2-", `The client retries a failed call ${times[defaults.retries]} by default`],
    ["2-", `at most ${longestJitter(0)} second before the first retry, doubled before each further retry`],
    ["2-", `before each further retry, up to ${longestJitter(20)} seconds`],
    ["2-", `Where a \`Retry-After\` header asks for up to ${longestWait / 1000} seconds, it waits that long`],
    ["4-", `The mock keeps the last ${count(mostKept.requests)} requests`],
    ["4-", `and the first ${count(longestRecordedBody)} characters of a body.`],
    ["4-", `still reports the first ${mostDropped} and the number of the others`],
    ["4-", `remembers the last ${count(mostResources)} backups, fewer where`],
    ["4-", `A property of a backup that is longer than ${count(longestValue)} characters`],
    ["4-", `Of request bodies above ${kB(largestWithoutShare)}, the mocks`],
    ["4-", `A body above ${kB(fullCheckLimit)} is only checked up to its first violation`],
    ["4-", `One above ${MB(largestBody)} gets the documented 413`],
    ["4-", `takes more than ${bodyTimeout / 1000} seconds to arrive gets 408`],
    ["4-", `headers above ${kB(largestHeaders)} get 431`],
    ["5-", `node ${headerOverflowAdvice.replace("Start Node with ", "")} backup.mjs`],
    ["5-", `NODE_OPTIONS=${headerOverflowAdvice.replace("Start Node with ", "")} npx`],
  ])("%s %s", (start, sentence) => {
    expect(guide(start)).toContain(sentence);
  });

  it("2- which failures are repeated, for both operations", () => {
    const table: [row: string, ...faults: string[]][] = [
      ["429, or the instance is busy", "429 without a body", "403 DBS.201015"],
      [
        "No connection was made",
        "The host name does not exist",
        "The connection is refused",
        "The network is unreachable",
      ],
      ["No credentials yet", "The token service answers 500", "The token service refuses the connection"],
      [
        "408, or 500, 502, 503, 504",
        "408",
        "500 with nothing",
        "502 with a page of a proxy",
        "504 with a page of a proxy",
      ],
      ["The connection broke", "Reset before the request was read", "Silence before the headers"],
      ["Anything else", "The certificate has expired", "409 without a code", "501", "500 DBS.280064"],
    ];
    const all = Object.values(faults).flat();
    const repeats = (name: string, operation: "create" | "delete") =>
      (all.find((fault) => fault.name === name)?.[operation].withTwo.attempts ?? 0) > 1 ? "yes" : "no";
    for (const [row, ...names] of table) {
      for (const name of names) {
        const line = new RegExp(`\\| ${row}[^|]*\\| ${repeats(name, "create")} \\| ${repeats(name, "delete")} \\|`);
        expect(guide("2-"), name).toMatch(line);
      }
    }
  });

  it("3- the exit codes", () => {
    const meanings: Record<keyof typeof exitCodes, string> = {
      done: "done",
      refused: "refused by the service",
      usage: "wrong usage or input",
      unknown: "unknown: a response was lost",
      credentials: "credentials are missing",
      deleteLater: "a backup was made, but an older one could not be deleted yet",
      tryLater: "still busy, throttled or unreachable",
      interrupted: "interrupted (SIGINT)",
      terminated: "terminated (SIGTERM)",
    };
    for (const [name, code] of Object.entries(exitCodes)) {
      const meaning = meanings[name as keyof typeof exitCodes];
      if (name === "terminated") expect(guide("3-")).toContain(`\`${code}\` if ${meaning}`);
      else expect(guide("3-")).toContain(`| \`${code}\` | ${meaning}`);
    }
    expect(guide("3-")).toContain(`SuccessExitStatus=${exitCodes.deleteLater}`);
  });

  it("1- the names of the variables, in the order in which they are read", () => {
    const source = readFileSync(join(root, "src/client/auth/environment.ts"), "utf8");
    const read = [...source.matchAll(/"((?:HUAWEICLOUD_SDK|HW|OS)_[A-Z_]+)"/g)].map(([, name = ""]) => name);
    const named = [...guide("1-").matchAll(/`((?:HUAWEICLOUD_SDK|HW|OS)_[A-Z_]+)`/g)].map(([, name = ""]) => name);
    expect(new Set(read).size).toBeGreaterThan(10);
    // Of each variable, that of the first family which is set is read. The guide names one family after the other.
    const inOrder = ["HUAWEICLOUD_SDK", "HW", "OS"].flatMap((family) =>
      read.filter((name) => name.startsWith(`${family}_`)),
    );
    expect([...new Set(named)]).toEqual([...new Set(inOrder)]);
  });
});

it.each([
  ["9-", "The default quota is 50 manual backups per account."],
  ["9-", "a body of at most 12 MB"],
  ["9-", "ait 2 to 5 seconds"],
  ["5-", "are 1.2 to 5.1 kB long, and the gateway accepts"],
  ["6-", "5 seconds, then every 10 seconds"],
])("a fact of the service that guide %s repeats stands in the transcript: %s", (start, fact) => {
  const transcribed = sentenceGroups.flatMap(({ says }) => says.flatMap((sentence) => Object.values(sentence)));
  expect(
    transcribed.some((sentence) => sentence.includes(fact)),
    "in the transcript",
  ).toBe(true);
  expect(guide(start)).toContain(fact);
});
