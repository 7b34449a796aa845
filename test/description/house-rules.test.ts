import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { isAlias, parse, parseDocument, visit } from "yaml";
import { dereference, isNode, type Json, type Node } from "../support/facts.js";

const spec = dereference(
  JSON.parse(readFileSync(new URL("../../generated/openapi.json", import.meta.url), "utf8")) as Node,
);
const operations = Object.values(spec.paths as Node).flatMap((item) => Object.values(item as Node) as Node[]);

function schemas(value: Json, path: string): { path: string; schema: Node }[] {
  if (!isNode(value)) return [];
  const children = [
    ...Object.entries((value.properties as Node | undefined) ?? {}),
    ...(value.items === undefined ? [] : [["items", value.items] as [string, Json]]),
  ];
  return [{ path, schema: value }, ...children.flatMap(([name, child]) => schemas(child, `${path}/${name}`))];
}
const media = (node: Json | undefined) =>
  Object.values(((node as Node | undefined)?.content as Node | undefined) ?? {}) as Node[];
const requests = operations.flatMap((operation) =>
  media(operation.requestBody).flatMap(({ schema }) => schemas(schema as Json, String(operation.operationId))),
);
const answers = operations.flatMap((operation) =>
  Object.entries(operation.responses as Node).flatMap(([status, response]) =>
    media(response).flatMap(({ schema }) => schemas(schema as Json, `${operation.operationId} ${status}`)),
  ),
);

describe("every schema", () => {
  it.each(requests)("of a request is closed and has no default: $path", ({ schema }) => {
    expect(schema).not.toHaveProperty("default");
    if (schema.properties) expect(schema.additionalProperties).toBe(false);
  });
  it("of an answer is open", () => {
    expect(answers.length).toBeGreaterThan(40);
    for (const { path, schema } of answers) expect(schema, path).not.toHaveProperty("additionalProperties");
  });
  it("describes each of its properties", () => {
    for (const { path, schema } of [...requests, ...answers]) {
      for (const [name, property] of Object.entries((schema.properties as Node | undefined) ?? {}))
        expect((property as Node).description, `${path}/${name}`).toMatch(/\w{3}/);
    }
  });
});

describe("the files of openapi/", () => {
  const folder = fileURLToPath(new URL("../../openapi/", import.meta.url));
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
  const read = (name: string) => readFileSync(join(folder, name), "utf8");

  it("name their error examples after the code that they hold", () => {
    const examples = files.filter((name) => name.startsWith("examples/error."));
    expect(examples.length).toBeGreaterThan(40);
    for (const name of examples) {
      const text = read(name);
      const code = /error_code: (\S+)/.exec(text)?.[1] ?? "iam";
      expect(name).toMatch(new RegExp(`^examples/error\\.${code}\\.(\\d{3}\\.)?yaml$`));
      expect(text).toMatch(/^summary: .{10,}\ndescription: .{10,}/);
    }
  });

  it("are all used: each is the description, the workflow, or a file that one of them refers to", () => {
    const used = new Set<string>();
    const follow = (name: string): void => {
      if (used.has(name)) return;
      used.add(name);
      for (const reference of references(parse(read(name)) as Json)) follow(join(dirname(name), reference));
    };
    for (const name of ["openapi.yaml", "workflow.arazzo.yaml"]) follow(name);
    expect(files.filter((name) => !used.has(name))).toEqual([]);
    expect(used.size).toBeGreaterThan(70);
  });

  it.each(files)("have no YAML alias and no anchor: %s", (name) => {
    const document = parseDocument(read(name));
    visit(document, {
      Node(_, node) {
        expect(isAlias(node), `alias in ${name}`).toBe(false);
        if ("anchor" in node) expect(node.anchor).toBeUndefined();
      },
    });
  });

  it("become components of their names", () => {
    const components = spec.components as Node;
    for (const kind of ["schemas", "responses", "parameters", "headers", "examples"]) {
      const names = files.filter((name) => name.startsWith(`${kind}/`)).map((name) => name.slice(kind.length + 1, -5));
      expect(Object.keys(components[kind] as Node).sort(), kind).toEqual(names.sort());
    }
  });
});

/** The files that a part of a file refers to. */
function references(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (!isNode(value)) return [];
  const { $ref } = value;
  const own = typeof $ref === "string" && !$ref.startsWith("#") ? [$ref.replace(/#.*/, "")] : [];
  return [...own, ...Object.values(value).flatMap(references)];
}
