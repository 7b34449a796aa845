import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { definitions } from "../../src/cli/layout.js";
import { readBaseline } from "../../src/release/baseline.js";
import { brokenCommand } from "../../src/release/broken-command.js";
import { commandsIn } from "../../src/release/command.js";

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
    ["mock", "random faults for a share", "faults by chance for a share"],
    ["delete", "done", "the backup is being deleted"],
    ["delete", "  1    refused", "  5    something else\n  1    refused"],
  ])("is allowed: %s, from %s to %s", (command, from, to) => {
    expect(brokenCommand(released, changed(command, from, to))).toEqual([]);
  });
});

it("the commands are those that the help lists, however long their names and their summaries are", () => {
  const listed = ["create", "list-manual-backups", "a-name-that-is-wider-than-the-column"];
  const summary = "Make a backup, and delete the oldest of those that it made earlier";
  const list = definitions(listed.map((name) => [name, summary]));
  expect(list).toContain("\n                       made earlier");
  expect(commandsIn(`Usage: geminidb-backup <command>\n\nCommands\n${list}\n\nMore.\n`)).toEqual(listed);
});
