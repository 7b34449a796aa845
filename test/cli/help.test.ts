/** What `--help` shows, and how it is laid out. The texts of today are in test/compatibility/surface/command.txt. */
import { describe, expect, it } from "vitest";
import { type CatalogueOperation, catalogue } from "../../generated/catalogue.js";
import { commands } from "../../src/cli/commands.js";
import { commonFlags } from "../../src/cli/common-flags.js";
import { exitCodeWords } from "../../src/cli/exit-codes.js";
import { operationHelp, usageLine } from "../../src/cli/help.js";
import { definitions, plainText, withoutMarks, wrap } from "../../src/cli/layout.js";
import { flagsOf } from "../../src/cli/operation-flags.js";
import { command } from "./command.js";

const helpOf = async (...args: string[]) => (await command("", [...args, "--help"])).stdout;
/** A text in one line, however it was wrapped. */
const flat = (text: string) => text.replace(/\s+/g, " ");

it("of the program names every command and every exit code", async () => {
  const text = flat(await helpOf());
  expect(text).toContain(`Usage: geminidb-backup <command> [flags] ${catalogue.summary} Commands`);
  for (const { name, summary } of commands) expect(text).toContain(`${name} ${summary}`);
  expect(text).toContain(
    "geminidb-backup <command> --help explains a command, and so does geminidb-backup help <command>. --version shows the version. -h and -v are short for them.",
  );
  for (const [code, meaning] of exitCodeWords) expect(text).toContain(`${code} ${meaning}`);
});

it.each(commands.map((entry) => [entry.name, entry] as const))(
  "of %s explains each of its flags",
  async (name, entry) => {
    const text = flat(await helpOf(name));
    const { flags } = await entry.load();
    expect(flags.length).toBeGreaterThan(5);
    for (const { name: flag, placeholder, about, isRequired } of flags) {
      const usage = placeholder === undefined ? `--${flag}` : `--${flag} ${placeholder}`;
      expect(text).toContain(flat(`${usage} ${withoutMarks(about)}${isRequired ? " Required." : ""}`));
    }
    for (const flag of ["--help show this text (-h)", "--version show the version (-v)"]) expect(text).toContain(flag);
    expect(text).toContain("Exit codes 0 ");
  },
);

it.each(["create", "delete", "rotate"])("of %s says where the rest comes from", async (name) => {
  const text = flat(await helpOf(name));
  expect(text).toContain("Common flags --region REGION");
  expect(text).toMatch(
    /Environment Values that are not given as flags are read from the environment: credentials \(.*; the region \(.*; the project ID \(/,
  );
  for (const [code, meaning] of exitCodeWords) expect(text).toContain(`${code} ${meaning}`);
  expect(text).toContain("Example geminidb-backup ");
  expect(text).not.toContain("undefined");
  expect(text.includes("JSON The value of a flag that takes JSON may be")).toBe(name !== "delete");
});

it("of the mock has exit codes of its own, and a scenario", async () => {
  const text = await helpOf("mock");
  expect(text).toContain(
    "Exit codes\n  0  ended by Ctrl-C or SIGTERM\n  1  could not start\n  2  wrong usage\n\nA scenario\n",
  );
});

it.each([
  [
    ["help", "create"],
    ["create", "--help"],
  ],
  [
    ["help", "mock"],
    ["mock", "--help"],
  ],
  [["help"], ["--help"]],
  [["help", "help"], ["--help"]],
])("%j is another way to ask for it", async (asked, usual) => {
  const wanted = await command("", usual);
  expect(await command("", asked)).toEqual(wanted);
  expect(wanted.code).toBe(0);
});

it("help of a command that there is not is refused, and names the nearest", async () => {
  const { code, stderr } = await command("", ["help", "craete"]);
  expect([code, stderr]).toEqual([2, 'geminidb-backup: there is no command "craete": did you mean create?\n']);
});

it("of an operation names what is required in its first line", async () => {
  for (const operation of catalogue.operations) {
    const required = flagsOf(operation).filter(({ isRequired }) => isRequired);
    const usage = required.map(({ name, placeholder }) => ` --${name} ${placeholder}`).join("");
    const text = flat(await helpOf(operation.command));
    expect(text.startsWith(`Usage: geminidb-backup ${operation.command}${usage} [flags] ${operation.summary}.`)).toBe(
      true,
    );
  }
});

it("of rotate names what is required in its first line, and no other flag", async () => {
  const text = flat(await helpOf("rotate"));
  const usage = "--instance-id TEXT --name-prefix TEXT --keep N --state FILE";
  expect(text.startsWith(`Usage: geminidb-backup rotate ${usage} [flags] Makes a backup`), text).toBe(true);
  expect(text.match(/Required\./g)).toHaveLength(4);
  expect(text).toContain(
    '--description TEXT The description of each backup; default: "Made by geminidb-backup". --database-tables',
  );
});

it("keeps a flag and its value on one line", () => {
  const flags = ["first", "second", "third", "fourth"].map((name) => ({
    name,
    placeholder: "SOMETHING",
    about: "",
    isRequired: true,
  }));
  expect(usageLine("x", flags)).toBe(
    "Usage: geminidb-backup x --first SOMETHING --second SOMETHING --third SOMETHING\n       --fourth SOMETHING [flags]",
  );
});

it("shows the simplest documented request", async () => {
  const [one] = catalogue.operations;
  if (!one?.requestBody) throw new Error("the description has no request body");
  // That of a whole instance. The other documented request has tables as well.
  const simplest = one.requestBody.examples.find(({ name }) => name === "instance");
  const { name, description } = Object(simplest?.value);
  const flags = ["--instance-id \\w+", `--name ${name}`, `--description '${description}'`];
  expect(await helpOf("create")).toMatch(new RegExp(`create \\\\\n    ${flags.join(" \\\\\n    ")}\n`));
  const schema = { type: "array", items: { type: "string" } };
  const requestBody = { ...one.requestBody, schema, examples: [{ name: "only", summary: "Only", value: ["a", "b"] }] };
  const whole: CatalogueOperation = { ...one, parameters: [], requestBody };
  const bodyFlag = flagsOf(whole).filter(({ wireName }) => wireName === undefined);
  // No flag sets a part of a body that is not an object.
  expect(operationHelp(whole, bodyFlag)).toContain(`\n  geminidb-backup create \\\n    --body '["a","b"]'`);
  const clash = {
    ...requestBody,
    examples: [{ name: "only", summary: "Only", value: { instance_id: "of-the-body" } }],
  };
  // Such a body may have a property with the name of a parameter.
  expect(operationHelp({ ...one, requestBody: clash }, flagsOf(one))).not.toContain("--instance-id of-the-body");
});

it("explains JSON wherever a flag takes it, and names the flag of a header in lower case", () => {
  const [create] = catalogue.operations;
  if (!create) throw new Error("there is no operation");
  const { requestBody: _, ...plain } = create;
  const parameter = { required: false, description: "One.", example: undefined };
  const status = { ...parameter, name: "status", in: "query" as const, schema: { type: "array" } };
  const language = { ...parameter, name: "X-Language", in: "header" as const, schema: { type: "string" } };
  const helpWith = (...parameters: CatalogueOperation["parameters"]) => {
    const operation = { ...plain, parameters };
    return operationHelp(operation, flagsOf(operation));
  };
  expect(helpWith(status)).toMatch(/--status JSON.*\nJSON\n/s);
  expect(helpWith(language)).toContain("--x-language TEXT");
  expect(helpWith(language)).not.toContain("\nJSON\n");
});

it("common flags keep their names, and a flag of an operation steps aside", () => {
  const [create] = catalogue.operations;
  if (!create) throw new Error("there is no operation");
  const taken = [...commonFlags.map(({ name }) => name), "body", "help", "version"].filter(
    (name) => name !== "project-id",
  );
  const parameters = taken.map((name) => ({
    name: name.replaceAll("-", "_"),
    in: "query" as const,
    required: false,
    description: "One.",
    schema: { type: "string", minimum: 1 },
    example: "x",
  }));
  const { requestBody: _, ...plain } = create;
  const flags = flagsOf({ ...plain, parameters });
  expect(flags.map(({ name }) => name)).toEqual(taken.map((name) => `input-${name}`));
  expect(flags[0]?.about).toBe("One. At least 1.");
});

describe("a text", () => {
  const words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
  it("is wrapped at 80 columns, with its indent, and a longer word stays whole", () => {
    expect(wrap(`${words} fifteen`)).toBe(`${words}\nfifteen`);
    const eighty = "x".repeat(39);
    expect(wrap(`${eighty} ${eighty} y`)).toBe(`${eighty} ${eighty}\ny`);
    expect(wrap(`${eighty} ${eighty}x y`)).toBe(`${eighty} ${eighty}x\ny`);
    expect(wrap(`${eighty} ${eighty}xx`)).toBe(`${eighty}\n${eighty}xx`);
    expect(wrap(`${eighty} ${eighty}`, 2)).toBe(`  ${eighty}\n  ${eighty}`);
    expect(wrap(`a ${"x".repeat(90)} b`, 1)).toBe(` a\n ${"x".repeat(90)}\n b`);
    expect(wrap("  a \n b ")).toBe("a b");
    expect(wrap("")).toBe("");
  });
  it("stands beside what it explains, in one column", () => {
    const long = "x".repeat(27);
    expect(
      definitions([
        ["a", "one"],
        ["bcd", "two"],
      ]),
    ).toBe("  a    one\n  bcd  two");
    expect(
      definitions([
        ["a", "one"],
        [long, "two"],
      ]),
    ).toBe(`  a  one\n  ${long}\n     two`);
    expect(definitions([["x".repeat(26), "one"]])).toBe(`  ${"x".repeat(26)}  one`);
    expect(definitions([["a", words]])).toBe(`  a  ${words.replace(" fourteen", "\n     fourteen")}`);
  });
  it("loses the marks of Markdown, and keeps its paragraphs", () => {
    expect(withoutMarks("**a** `b` *c* 2*3 d*e* (*f*)")).toBe("a b c 2*3 d*e* (*f*)");
    expect(withoutMarks("*all of it*")).toBe("all of it");
    expect(plainText("**one**\ntwo\n\n\nthree")).toBe("one two\n\nthree");
  });
});
