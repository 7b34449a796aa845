import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../support/project.js";

/** Every source file and what it imports, types included. Paths start at the root of the project. */
const imports = new Map(
  readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [`src/${name}`, importsOf(`src/${name}`)]),
);

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), "utf8");
  const names = [...source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name = ""]) => name);
  return names.map((name) => {
    if (!name.startsWith(".")) return name;
    return relative(root, join(root, dirname(file), name)).replace(/^(src\/.*)\.js$/, "$1.ts");
  });
}

const roomOf = (file: string) => /^src\/(\w+)\//.exec(file)?.[1] ?? file;

/** A problem that the reader can fix. */
const problem = "src/problem.ts";
/** What scripts need, and so the rooms that do not ship: where the project is, how programs are run, and how a folder is written or made for a while. */
const scripts = [
  problem,
  "src/project.ts",
  "src/redocly.ts",
  "src/run.ts",
  "src/script.ts",
  "src/temporary-folder.ts",
  "src/write-folder.ts",
];

/** What the file system refused, in words. Besides the client, the rooms that ship share only this and the next ones. */
const fileReason = "src/file-reason.ts";
/** A text from outside as a terminal may show it, where the command prints it, or a test that fails. */
const printable = "src/printable.ts";
/** How the command names a flag: the generator refuses two of one name, and the page shows the command of a call. */
const flagName = "src/flag-name.ts";
/** The types and limits of values, in the words of the command, the reference and the page. */
const typeWords = "src/type-words.ts";
/** Words for a shell, and the command line of curl, in what the command prints and in the samples of the page. */
const shell = ["src/curl.ts", "src/shell.ts"];

/** Tables in Markdown, and texts in one line, in the reference and on the pages. */
const markdown = ["src/markdown-table.ts", "src/without-line-breaks.ts"];

/** What occurs twice in a list that must not repeat itself. */
const duplicates = "src/duplicates.ts";

/** What HTTP itself says, such as which methods are idempotent. It imports nothing, so it is there before anything is generated. */
const http = "src/client/http.ts";

/** The rooms that a room may import from, or single files of them, besides `generated/`. */
const allowed: Record<string, string[]> = {
  client: [],
  mock: ["client", printable],
  rotate: ["client", fileReason],
  cli: ["client", "mock", "rotate", fileReason, flagName, printable, typeWords, ...shell],
  description: [http, problem, typeWords],
  generate: ["description", http, ...scripts, duplicates, flagName, ...markdown, typeWords],
  site: ["cli", "description", ...scripts, duplicates, flagName, ...markdown, ...shell, typeWords],
  release: ["description", ...scripts, duplicates, flagName],
};

describe("the rooms of src/", () => {
  it("are those that are known", () => {
    const rooms = new Set([...imports.keys()].map(roomOf));
    expect([...rooms].sort()).toEqual(
      [
        ...Object.keys(allowed),
        ...scripts,
        duplicates,
        fileReason,
        flagName,
        printable,
        typeWords,
        ...markdown,
        ...shell,
      ].sort(),
    );
  });
  it.each(Object.entries(allowed))("%s imports from %j, and from no other room", (room, others) => {
    const isAllowed = (name: string) => [room, ...others].some((other) => other === name || other === roomOf(name));
    for (const [file, names] of imports) {
      if (roomOf(file) !== room) continue;
      expect(
        names.filter((name) => name.startsWith("src/") && !isAllowed(name)),
        file,
      ).toEqual([]);
    }
  });
  it("the client imports nothing but openapi-fetch and generated/", () => {
    for (const [file, names] of imports) {
      if (roomOf(file) !== "client") continue;
      const foreign = names.filter((name) => !name.startsWith("src/client/") && !name.startsWith("generated/"));
      expect(
        foreign.filter((name) => name !== "openapi-fetch"),
        file,
      ).toEqual([]);
    }
  });
  it("share with the generator only what needs nothing that it generates", () => {
    expect(imports.get(http)).toEqual([]);
  });
  it("import in no circle", () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, above: string[]) => {
      if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(" → "));
      if (done.has(file) || above.includes(file)) return;
      for (const name of imports.get(file) ?? []) if (imports.has(name)) visit(name, [...above, file]);
      done.add(file);
    };
    for (const file of imports.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});
