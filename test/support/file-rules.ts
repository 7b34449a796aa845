import { dirname, join } from "node:path/posix";
import { isAlias, parseDocument, visit } from "yaml";
import { isNode, type Json } from "./facts.js";

/** What is wrong with the files of openapi/, a sentence each. */
export function fileFaults(files: ReadonlyMap<string, string>): string[] {
  return [
    ...errorExampleFaults(files),
    ...useFaults(files),
    ...aliasFaults(files),
    ...commentFaults(files),
    ...spaceFaults(files),
  ];
}

/** An error example is named after the code that it holds, and says first what it means and what to do. */
function errorExampleFaults(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([name, text]) => {
    if (!name.startsWith("examples/error.")) return [];
    const code = /error_code: (\S+)/.exec(text)?.[1] ?? "iam";
    const faults: string[] = [];
    if (!new RegExp(`^examples/error\\.${code}\\.(\\d{3}\\.)?yaml$`).test(name))
      faults.push(`${name} holds the code ${code}, so it should be called error.${code}.yaml`);
    if (!/^summary: .{10,}\ndescription: .{10,}/.test(text))
      faults.push(`${name} does not start with a summary and a description`);
    return faults;
  });
}

/** Each file is the description, the workflow, or one that they refer to. */
function useFaults(files: ReadonlyMap<string, string>): string[] {
  const used = new Set<string>();
  const follow = (name: string): void => {
    const text = files.get(name);
    if (used.has(name) || text === undefined) return;
    used.add(name);
    for (const reference of readFile(text).references) follow(join(dirname(name), reference));
  };
  for (const name of ["openapi.yaml", "workflow.arazzo.yaml"]) follow(name);
  return [...files.keys()].filter((name) => !used.has(name)).map((name) => `nothing refers to ${name}`);
}

/** The files that a part of a file refers to. */
function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isNode(value)) return [];
  const { $ref } = value;
  const own = typeof $ref === "string" && !$ref.startsWith("#") ? [$ref.replace(/#.*/, "")] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}

function aliasFaults(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([name, text]) => readFile(text).shorthands.map((kind) => `${name} has a YAML ${kind}`));
}

/** Nothing compares a comment or a directive with a source, so what it says could go wrong unseen. */
function commentFaults(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([name, text]) => {
    const comments = readFile(text).comments.map((comment) => `the comment "${comment.trim()}"`);
    // YAML ignores a directive that it does not know.
    const directives = (text.match(/^%.*$/gm) ?? []).map((directive) => `the directive "${directive}"`);
    return [...comments, ...directives].map(
      (claim) => `${name} has ${claim}, which belongs into a description or docs/extensions.md`,
    );
  });
}

/** White space that looks like a space, or cannot be seen at all. */
const exoticSpace = /(?! )[\p{Z}\p{C}]/u;

/** A no-break space breaks what somebody copies, and two spaces at the end of a line break the line. */
function spaceFaults(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([name, text]) =>
    text.split("\n").flatMap((line, index) => {
      const faults: string[] = [];
      if (line.endsWith(" ")) faults.push(`${name}:${index + 1} ends with a space`);
      const [exotic] = exoticSpace.exec(line) ?? [];
      if (exotic)
        faults.push(`${name}:${index + 1} has the character ${codePoint(exotic)}, where a space is allowed only`);
      return faults;
    }),
  );
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
}

interface ReadFile {
  /** The files that it refers to. */
  references: string[];
  /** Its comments, without the `#`. */
  comments: string[];
  /** Its aliases and anchors. */
  shorthands: string[];
}
const readFiles = new Map<string, ReadFile>();

/** Reads a file once, however many descriptions it belongs to. */
function readFile(text: string): ReadFile {
  const known = readFiles.get(text);
  if (known) return known;
  const document = parseDocument(text);
  const shorthands: string[] = [];
  const comments: unknown[] = [document.commentBefore, document.comment];
  visit(document, {
    Node(_, node) {
      comments.push(node.commentBefore, node.comment);
      if (isAlias(node)) shorthands.push("alias");
      if ("anchor" in node && node.anchor !== undefined) shorthands.push("anchor");
    },
  });
  const read = {
    references: references(document.toJS() as Json),
    comments: comments.filter((comment) => typeof comment === "string"),
    shorthands,
  };
  readFiles.set(text, read);
  return read;
}
