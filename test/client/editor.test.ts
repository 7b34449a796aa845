import { join } from "node:path";
import ts from "typescript";
import { beforeAll, expect, it } from "vitest";
import { root } from "../support/project.js";
import { expectedSentences } from "../support/transcript-sentences.js";

// What somebody types who uses the package. A name in a comment marks a place that is asked about.
const source = `
import { createClient, type ClientOptions, type ProjectClient } from "geminidb-backup";
const geminidb = createClient({ region: "ap-southeast-1", project_id: "p", auth: "t", /*option*/timeout: 5 });
const made = geminidb./*method*/createManualBackup({ instance_id: "i", /*property*/name: "nightly", description: "" }, /*options*/{ retries: 1 });
geminidb.deleteManualBackup(/*call*/{ backup_id: "b" });
geminidb./*members*/
`;
let service: ts.LanguageService;
const file = join(root, "test", "editor-sample.ts");

beforeAll(() => {
  const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const texts = new Map([[file, source]]);
  const read = (name: string) => texts.get(name) ?? ts.sys.readFile(name);
  service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = read(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => texts.has(name) || ts.sys.fileExists(name),
    readFile: read,
    readDirectory: ts.sys.readDirectory,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  });
});

const at = (mark: string) => source.indexOf(`/*${mark}*/`) + `/*${mark}*/`.length;
const hover = (mark: string) => {
  const info = service.getQuickInfoAtPosition(file, at(mark));
  return ts.displayPartsToString(info?.documentation) + ts.displayPartsToString(info?.displayParts);
};

it("hover tells what an operation does, and what its properties allow", () => {
  expect(hover("method")).toContain("Create a manual backup.");
  // Markdown breaks lines where the description does.
  const shown = hover("method").replace(/\s+/g, " ");
  const sentences = expectedSentences()["createManualBackup/description"] ?? [];
  for (const sentence of sentences) expect(shown).toContain(sentence.replace(/^¶ /, ""));
  expect(sentences.length).toBeGreaterThan(3);
  expect(hover("property")).toMatch(/name of the backup/i);
});

it("hover tells what each option means, with its unit and default", () => {
  const info = service.getQuickInfoAtPosition(file, at("option"));
  expect(ts.displayPartsToString(info?.documentation)).toMatch(/Milliseconds for one attempt/);
  expect(info?.tags?.map(({ name, text }) => `${name} ${ts.displayPartsToString(text)}`)).toEqual(["default 30000"]);
});

it("signature help tells the parameters and the errors that a method throws", () => {
  const help = service.getSignatureHelpItems(file, at("call"), undefined);
  const [item] = help?.items ?? [];
  expect(ts.displayPartsToString(item?.parameters[0]?.documentation)).toMatch(/the parameters and the properties/);
  const thrown = item?.tags.filter(({ name }) => name === "throws").map(({ text }) => ts.displayPartsToString(text));
  expect(thrown?.join("\n")).toMatch(/ValidationError.*ApiError.*AuthenticationError/s);
});

it("completion lists the methods, and the properties of an input and of the options", () => {
  const names = (mark: string) =>
    service.getCompletionsAtPosition(file, at(mark), undefined)?.entries.map(({ name }) => name) ?? [];
  expect(names("members")).toEqual(expect.arrayContaining(["createManualBackup", "deleteManualBackup", "raw"]));
  expect(names("property")).toEqual(expect.arrayContaining(["database_tables", "project_id"]));
  expect(names("option")).toEqual(expect.arrayContaining(["retries", "maxResponseBytes", "onRetry"]));
});
