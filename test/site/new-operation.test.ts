/** An operation that is added to the description costs YAML only: the page shows what there is, however little. */
import { beforeAll, expect, it } from "vitest";
import type { RawOperation, Spec } from "../../src/description/spec.js";
import { codeOf } from "../../src/site/browser/call-code.js";
import { page } from "../../src/site/page.js";
import { readContent, sectionText } from "./built.js";

/** As little as OpenAPI asks for. */
const plain: RawOperation = {
  operationId: "renameBackup",
  summary: "Rename a backup",
  description: "Gives a backup another name.",
  tags: [],
  parameters: [
    { name: "backup_id", in: "path", required: true, description: "Which one.", schema: {}, example: "a/b" },
    { name: "label", in: "query", description: "Labels.", schema: { type: "array", items: {} } },
    {
      name: "kind",
      in: "query",
      required: true,
      description: "Kinds.",
      schema: { type: "array", items: { type: "string" } },
      example: ["Auto", "Manual"],
    },
    { name: "limit", in: "query", required: true, description: "At most.", schema: { type: "integer" }, example: 7 },
    { name: "X-Language", in: "header", required: true, description: "Which.", schema: {}, example: "en-us" },
  ],
  requestBody: {
    content: {
      "application/json": {
        schema: { type: "object", properties: { name: { type: "string", minLength: 2 } } },
        examples: { only: { value: { name: "it's" } } },
      },
    },
  },
  responses: { 204: { description: "It is renamed." }, 404: { description: "There is none." } },
};

let html: string;
beforeAll(async () => {
  const { content, assets } = await readContent();
  const { description } = content;
  const { securitySchemes } = description.components;
  const changed: Spec = {
    ...description,
    components: {
      securitySchemes: {
        ...securitySchemes,
        Other: { type: "apiKey", in: "header", name: "X-Other", description: "Another." },
      },
    },
    paths: { ...description.paths, "/v3/backups/{backup_id}/{other}": { put: plain } },
    servers: [
      ...description.servers,
      {
        url: "https://example.com/{region}",
        description: "Elsewhere.",
        "x-iam": "https://iam.example.com/{region}",
        variables: { region: { default: "north", enum: ["north"] } },
      },
    ],
  };
  html = page({ ...content, description: changed }, assets, undefined);
});

const section = (id: string) => sectionText(html, id);

it("has a section with its parameters, body and answers", () => {
  const text = section("renameBackup");
  expect(text).toMatch(/backup_id path, any, required ?Which one\. Example: a\/b/);
  expect(text).toMatch(/label query, array of values, optional ?Labels\./);
  expect(text).toMatch(/kind query, array of strings, required ?Kinds\. Example: \["Auto","Manual"\]/);
  expect(text).toMatch(/name string, at least 2 characters, optional/);
  // Without a body, there is nothing to copy beside it.
  expect(text).toMatch(/Response 204 It is renamed\.\s*Failures/);
  expect(text).toContain("There is none.");
  expect(text).not.toContain("Response header");
  expect(text).not.toMatch(/undefined|null/);
});

it("has a call with curl, whose words are quoted for a shell", () => {
  const text = section("renameBackup");
  expect(text).toContain('curl -X PUT "$GEMINIDB_URL/v3/backups/a%2Fb/other?kind=Auto&kind=Manual&limit=7"');
  expect(text).toContain("-H 'X-Language: en-us'");
  expect(text).toContain(`-d '{"name":"it'\\''s"}'`);
});

it("shows a call by the command line whose switches stand before an equals sign, as the command takes them", () => {
  const call = { method: "GET", origin: "http://127.0.0.1:1", url: "", operationId: "listBackups", command: "list" };
  const flags = { all: "false", "backup-id": "it's" };
  expect(codeOf({ ...call, headers: {}, parameters: {}, flags }, "bash").text.split(" \\\n  ")).toEqual([
    "OS_TOKEN=any npx geminidb-backup list --base-url http://127.0.0.1:1",
    "--all=false",
    "--backup-id 'it'\\''s'",
  ]);
});

it("calls a language in the code of a call as it does in the samples", () => {
  const call = { method: "GET", origin: "http://127.0.0.1:1", url: "", operationId: "listBackups", command: "list" };
  const labelOf = (language: string) => codeOf({ ...call, headers: {}, parameters: {}, flags: {} }, language).label;
  const tabs = [...html.matchAll(/data-tab="([^"]+)"[^>]*><summary>([^<]+)</g)].slice(0, 5);
  expect(tabs.map(([, id = ""]) => labelOf(id))).toEqual(tabs.map(([, , label]) => label));
  expect(tabs.map(([, id]) => id)).toContain("bash");
});

it("counts the credentials that a call can carry", () => {
  expect(section("security-schemes")).toContain("Each call carries one of these.");
});

it("names the hosts of a region, and the IAM that belongs to it", () => {
  expect(section("servers")).toContain("north https://example.com/north https://iam.example.com/north");
});
