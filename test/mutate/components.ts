import { basename, dirname, join, relative } from "node:path/posix";
import { parse, stringify } from "yaml";
import { isNode, type Json, type Node, withChange } from "../support/facts.js";

type Files = ReadonlyMap<string, string>;

/** One change of the components while the description says the same about each call: other names, none, or more components. */
export interface ComponentMutation {
  file: string;
  name: string;
  files(): Files;
}

/** The folders whose files become components. The name of a file in `paths/` reaches nobody. */
const folders = ["schemas", "responses", "headers", "parameters", "examples"];

/** Every component with another name, or the name of the next one, and every reference replaced by what it refers to. */
export function* componentMutations(files: Files): Generator<ComponentMutation> {
  const components = componentFiles(files);
  for (const [index, file] of components.entries()) {
    for (const other of otherNames(file))
      yield { file, name: `rename to ${other}`, files: () => renamed(files, [[file, other]]) };
    const next = components[index + 1];
    if (next === undefined || dirname(next) !== dirname(file)) continue;
    const exchange: [string, string][] = [
      [file, next],
      [next, file],
    ];
    yield { file, name: `exchange its name with ${next}`, files: () => renamed(files, exchange) };
  }
  for (const [file, text] of files) {
    for (const { path, target } of referencesIn(parse(text) as Json, file)) {
      if (components.includes(target))
        yield { file, name: `inline ${path.join("/")}`, files: () => inlined(files, file, path, target) };
    }
  }
}

/** A copy of every component that `openapi.yaml` lists, so that it ships, and that no operation refers to. */
export function* unusedComponents(files: Files): Generator<ComponentMutation> {
  for (const file of componentFiles(files)) {
    const copy = file.replace(/\.yaml$/, "Unused.yaml");
    yield { file, name: `list an unused copy ${copy}`, files: () => withListed(files, file, copy) };
  }
}

function componentFiles(files: Files): string[] {
  return [...files.keys()].filter((file) => folders.includes(dirname(file))).sort();
}

function withListed(files: Files, file: string, copy: string): Files {
  const name = basename(copy, ".yaml");
  const root = parse(files.get("openapi.yaml") ?? "") as Node;
  const listed = { ...(root.components as Node), [dirname(file)]: { [name]: { $ref: copy } } };
  const text = stringify({ ...root, components: listed });
  return new Map([...files, [copy, files.get(file) ?? ""], ["openapi.yaml", text]]);
}

/** A name that nothing has. An example of one operation gets the name of the other one as well. */
function otherNames(file: string): string[] {
  const others = [file.replace(".yaml", "Other.yaml")];
  if (file.startsWith("examples/create")) others.push(file.replace("/create", "/delete"));
  if (file.startsWith("examples/delete")) others.push(file.replace("/delete", "/create"));
  return others;
}

interface Reference {
  path: string[];
  target: string;
}

/** The objects of a file that are references to another file, by the keys that lead to them. */
function referencesIn(value: Json, file: string, path: string[] = []): Reference[] {
  if (!isNode(value) && !Array.isArray(value)) return [];
  const { $ref } = value as Node;
  if (typeof $ref === "string") return [{ path, target: join(dirname(file), $ref) }];
  return Object.entries(value).flatMap(([key, child]) => referencesIn(child as Json, file, [...path, key]));
}

/** The files under other names, with all references to them. */
function renamed(files: Files, names: [from: string, to: string][]): Files {
  const newNames = new Map(names);
  const nameOf = (file: string) => newNames.get(file) ?? file;
  return new Map([...files].map(([file, text]) => [nameOf(file), withReferences(text, file, dirname(file), nameOf)]));
}

/** The files with one reference replaced by what it refers to. Without any other reference to it, its file is removed. */
function inlined(files: Files, file: string, path: string[], target: string): Files {
  const content = withReferences(files.get(target) ?? "", target, dirname(file), (name) => name);
  const changed = withChange(parse(files.get(file) ?? "") as Node, path, () => parse(content) as Json);
  const result = new Map([...files, [file, stringify(changed)]]);
  const isUsed = [...result].some(([name, text]) =>
    referencesIn(parse(text) as Json, name).some((reference) => reference.target === target),
  );
  if (!isUsed) result.delete(target);
  return result;
}

/** The text of a file as it stands in a folder, with other names of the files that it refers to. */
function withReferences(text: string, file: string, folder: string, nameOf: (file: string) => string): string {
  return text.replace(/(\$ref: )([^"#\s]\S*)/g, (_, key: string, $ref: string) => {
    return `${key}${relative(folder, nameOf(join(dirname(file), $ref)))}`;
  });
}
