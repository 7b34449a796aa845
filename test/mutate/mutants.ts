import { parse, stringify } from "yaml";
import { description } from "../support/description.js";
import { isNode, type Json, type Node } from "../support/facts.js";
import { componentMutations, unusedComponents } from "./components.js";
import { mutationsOf } from "./mutations.js";

/** The files of openapi/ with one fault in one of them. */
export interface Mutant {
  kind: string;
  file: string;
  /** What is done to which node of the file. */
  name: string;
  files(): ReadonlyMap<string, string>;
}

/** The kinds of mutations of a text. Those of the workflow have them too. */
const kindsOfTexts = ["prose", "indentation", "white space"];

/** Every mutant of the committed description, file by file. */
export function allMutants(): Mutant[] {
  const { files } = description;
  const documents = [...files].map(([file, text]): [string, Node] => [file, parse(text) as Node]);
  const targets = [...new Set(documents.flatMap(([, document]) => referencesIn(document)))].sort();
  const mutants = documents.flatMap(([file, document]) =>
    [...mutationsOf(document, targets)].map(
      ({ kind, name, apply }): Mutant => ({
        kind: file === "workflow.arazzo.yaml" && !kindsOfTexts.includes(kind) ? "workflow" : kind,
        file,
        name,
        files: () => new Map([...files, [file, stringify(apply())]]),
      }),
    ),
  );
  const ofComponents = [...componentMutations(files)].map((mutation): Mutant => ({ kind: "component", ...mutation }));
  const unused = [...unusedComponents(files)].map((mutation): Mutant => ({ kind: "unused", ...mutation }));
  return [...mutants, ...ofComponents, ...unused, ...[...files.keys()].flatMap(fileMutants)];
}

function referencesIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isNode(value)) return [];
  const own = typeof value.$ref === "string" ? [value.$ref] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

/** What can go wrong with a file as such. */
function fileMutants(file: string): Mutant[] {
  const { files } = description;
  const text = files.get(file) ?? "";
  const changed = (name: string, change: [string, string][]): Mutant => ({
    kind: "file",
    file,
    name,
    files: () => new Map([...files, ...change]),
  });
  return [
    changed("add an anchor to the first key", [[file, text.replace(/^(\w+):/m, "&anchor $1:")]]),
    changed("add an unused copy", [[file.replace(/\.yaml$/, "-copy.yaml"), text]]),
    changed("repeat the first line", [[file, `${text.split("\n")[0]}\n${text}`]]),
    changed("add a comment to the first line", [[file, text.replace("\n", " # Another claim.\n")]]),
    changed("add a directive before", [[file, `%Another claim.\n---\n${text}`]]),
    changed("add a comment at the end", [[file, `${text}# Another claim.\n`]]),
    changed("end the first line in a space", [[file, text.replace("\n", " \n")]]),
    changed("end in the middle", [[file, text.slice(0, text.length / 2)]]),
  ];
}
