import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { definitions } from "../../src/cli/layout.js";
import { readBaseline } from "../../src/release/baseline.js";
import { brokenCommand } from "../../src/release/broken-command.js";
import { commandsIn } from "../../src/release/command.js";
import { rewordedCommand } from "../../src/release/reworded-command.js";

const released = await readFile((await readBaseline()).path("command.txt"), "utf8");

/** The help texts after a change of what one command says. A change that changes nothing is a mistake of the test. */
function changed(command: string, from: string | RegExp, to: string): string {
  const texts = released.split(/^(?=\$ )/m);
  const index = texts.findIndex((text) => text.startsWith(`$ geminidb-backup ${command}`));
  const text = texts[index]?.replace(from, to);
  if (text === undefined || text === texts[index]) throw new Error(`${command}: the help does not have ${from}`);
  return texts.with(index, text).join("");
}

describe("a change of the command", () => {
  it.each([
    ["mock", "$ geminidb-backup mock", "$ geminidb-backup serve", "there is no such command any more."],
    ["mock", "  --quota N ", "  --limit N ", "there is no `--quota` any more."],
    // Other commands still have these.
    ["rotate", /^ {2}--description.*\n/m, "", "there is no `--description` any more."],
    ["create", /^ {2}--dry-run.*\n.*\n/m, "", "there is no `--dry-run` any more."],
    ["delete", /^ {2}--project-id.*\n/m, "", "there is no `--project-id` any more."],
    ["delete", "--verbose  ", "--verbose N", "`--verbose` took no value, and takes N now."],
    ["mock", "--seed N", "--seed  ", "`--seed` took N, and takes no value now."],
    ["mock", "default: 4010", "default: 4011", "the default of `--port` was 4010, and is 4011 now."],
    [
      "rotate",
      "json (default), on one line, or text",
      "json, on one line, or text (default)",
      "the default of `--output` was json, and is text now.",
    ],
    [
      "rotate",
      'geminidb-backup".',
      'the night".',
      'the default of `--description` was "Made by geminidb-backup", and is "Made by the night" now.',
    ],
    ["create", "default: 2\n", "\n", "the default of `--retries` was 2, and is not told now."],
    ["rotate", 'geminidb-backup".', 'geminidb-backup". Required.', "`--description` is required now."],
    ["mock", "  --seed N ", "  --more N  Required.\n  --seed N ", "`--more` is required now."],
    ["mock", "mock [flags]", "mock --quota N [flags]", "`--quota` is required now."],
    ["delete", "show this text (-h)", "show this text", "there is no `-h` any more."],
    ["rotate", "show the version (-v)", "show the version (-V)", "there is no `-v` any more."],
    [
      "delete",
      "  75   still busy",
      "  76   still busy",
      'the exit code of "still busy, throttled or unreachable after the last retry; ',
    ],
    ["delete", /^ {2}4 {4}.*\n/m, "", "there is no exit code 4 any more."],
    [
      "delete",
      "143  terminated",
      "137  terminated",
      'the exit code of "terminated (SIGTERM)" was 143, and is 137 now.',
    ],
    ["delete", "OS_TOKEN", "a token", "the variable OS_TOKEN is no longer named."],
  ])("is refused: %s, from %s to %s", (command, from, to, sentence) => {
    const faults = brokenCommand(released, changed(command, from, to));
    expect(faults).toEqual([expect.stringContaining(`geminidb-backup ${command}: ${sentence}`)]);
  });

  it.each([
    ["mock", "  --seed N ", "  --more N  another one; default: 3\n  --seed N "],
    ["mock", "$ geminidb-backup mock", "$ geminidb-backup more --help\nMore.\n\n$ geminidb-backup mock"],
    ["delete", "  1    refused", "  6    something else\n  1    refused"],
    ["delete", "Exit codes\n", "Another section\n  More.\n\nExit codes\n"],
    ["create", "--name nightly", "--name weekly"],
    ["create", "  --retries N        how", "  --retries N  how"],
  ])("is allowed: %s, from %s to %s", (command, from, to) => {
    const now = changed(command, from, to);
    expect(brokenCommand(released, now)).toEqual([]);
    expect(rewordedCommand(released, now)).toEqual([]);
  });

  it.each([
    ["mock", "random faults for a share", "faults by chance for a share", "`--chaos` meant "],
    ["mock", "milliseconds for which an", "seconds for which an", "`--busy-for` meant "],
    ["mock", "under /__mock/", "under /control/", "`--control` meant "],
    ["mock", "status: 502, html: true", "status: 502", 'its help no longer says "A scenario createManualBackup: '],
    ["create", "milliseconds for one", "seconds for one", "`--timeout` meant "],
    ["create", "json (default), on one line, or text", "json (default), on one line", "`--output` meant "],
    ["create", /environment \(default\) or\s+instance/, "environment (default)", "`--auth` meant "],
    ["create", "4 to 64 characters", "4 to 32 characters", "`--name` meant "],
    ["create", "@FILE, or -", "or -", 'its help no longer says "JSON The value of a flag '],
    [
      "create",
      "(HUAWEICLOUD_SDK_REGION or\n  HW_REGION_NAME or OS_REGION_NAME)",
      "(OS_REGION_NAME or\n  HW_REGION_NAME or HUAWEICLOUD_SDK_REGION)",
      'its help no longer says "Environment Values that ',
    ],
    ["rotate", /1 or\s+more\./, "2 or more.", "`--keep` meant "],
    ["rotate", /Several\s+are separated by\s+commas\./, "", "`--found` meant "],
    ["rotate", "never deleted", "deleted, too", 'its help no longer says "Makes a backup, '],
    [
      "delete",
      "  0    done",
      "  0    the backup is gone",
      'the exit code 0 meant "done", and means "the backup is gone" now.',
    ],
    ["--help", "-h and -v are short for them.", "", 'its help no longer says "geminidb-backup <command> '],
  ])("must be looked at: %s, from %s to %s", (command, from, to, sentence) => {
    const told = rewordedCommand(released, changed(command, from, to));
    expect(told).toEqual([expect.stringContaining(`geminidb-backup ${command}: ${sentence}`.replace(" --help:", ":"))]);
  });
});

it("the commands are those that the help lists, however long their names and their summaries are", () => {
  const listed = ["create", "list-manual-backups", "a-name-that-is-wider-than-the-column"];
  const summary = "Make a backup, and delete the oldest of those that it made earlier";
  const list = definitions(listed.map((name) => [name, summary]));
  expect(list).toContain("\n                       made earlier");
  expect(commandsIn(`Usage: geminidb-backup <command>\n\nCommands\n${list}\n\nMore.\n`)).toEqual(listed);
});
