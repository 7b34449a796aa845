import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
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
  const folder = new URL("../../openapi/", import.meta.url);
  it("name their error examples after the code that they hold", () => {
    const files = readdirSync(new URL("examples/", folder)).filter((name) => name.startsWith("error."));
    expect(files.length).toBeGreaterThan(40);
    for (const name of files) {
      const text = readFileSync(new URL(`examples/${name}`, folder), "utf8");
      const code = /error_code: (\S+)/.exec(text)?.[1] ?? "iam";
      expect(name).toMatch(new RegExp(`^error\\.${code}\\.(\\d{3}\\.)?yaml$`));
      expect(text).toMatch(/^summary: .{10,}\ndescription: .{10,}/);
    }
  });
});
