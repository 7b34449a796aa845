import { Ajv2020 } from "ajv/dist/2020.js";
import { type components, createClient } from "geminidb-backup";
import { type Mock, startMock } from "geminidb-backup/mock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OperationId } from "../../generated/operations.js";
import { built, textOf } from "../site/built.js";
import { dereference, type Json, type Node } from "../support/facts.js";
import { traffic } from "../support/traffic.js";
import {
  bundle,
  creating,
  type Document,
  deleting,
  documentedErrors,
  documents,
  errorsOf,
  exampleBody,
  exampleInput,
  exampleResponse,
  exampleUri,
  failureBody,
  mendedRequest,
} from "../support/transcript.js";

const spec = dereference(bundle);

/** Every documented example: what it is, where the spec says its shape, and how it travels. */
interface Case {
  name: string;
  document: Document;
  kind: "request" | "response" | "uri" | "error";
  value: Json;
  status?: string;
  code?: string;
}
const cases: Case[] = documents.flatMap((document): Case[] => [
  { name: `${document.document}: URI`, document, kind: "uri", value: document.examples.uri },
  ...requestCases(document),
  ...responseCases(document),
  ...errorsOf(document).map((error) => ({
    name: `${document.document}: ${error.status} ${error.code}`,
    document,
    kind: "error" as const,
    status: error.status,
    code: error.code,
    value: failureBody(error),
  })),
]);

function responseCases(document: Document): Case[] {
  const value = exampleResponse(document);
  return value === undefined ? [] : [{ name: `${document.document}: response`, document, kind: "response", value }];
}

function requestCases(document: Document): Case[] {
  const value = exampleBody(document);
  return value === undefined ? [] : [{ name: `${document.document}: request`, document, kind: "request", value }];
}

const operation = ({ uri }: Document): Node => {
  const [method = "", path = ""] = uri.split(" ");
  return ((spec.paths as Node)[path] as Node)[method.toLowerCase()] as Node;
};
const at = (node: Json, ...keys: string[]) => keys.reduce<Json>((value, key) => (value as Node)[key] as Json, node);

let mock: Mock;
let pageText: string;
/** The row of each error code on the page, by its anchor. */
let rows: Map<string, string>;
/** The text of each operation's section. */
let sections: Map<string, string>;
beforeAll(async () => {
  mock = await startMock({ har: traffic("examples") });
  const html = await built("index.html");
  pageText = squeezed(textOf(html));
  rows = textsOf(html, /<tr id="([^"]+)">(.*?)<\/tr>/gs);
  sections = textsOf(html, /<section class="operation" aria-labelledby="([^"]+)">(.*?)<\/section>/gs);
});
afterAll(() => mock.close());

/** The text of each part of the page that a pattern finds, by its address. */
function textsOf(html: string, part: RegExp): Map<string, string> {
  return new Map([...html.matchAll(part)].map(([, id = "", inside = ""]) => [id, textOf(inside)]));
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, "");
}

describe("every documented example", () => {
  it("is among the cases: each document with a URI and an answer, one with a body, and all error codes", () => {
    const of = (one: Document) => cases.filter(({ document }) => document === one).map(({ kind }) => kind);
    expect(of(creating).slice(0, 4)).toEqual(["uri", "request", "response", "error"]);
    expect(of(deleting).slice(0, 3)).toEqual(["uri", "response", "error"]);
    const codes = new Set(cases.map(({ status, code }) => `${status} ${code}`));
    for (const { status, code } of documentedErrors) expect(codes).toContain(`${status} ${code}`);
    expect(cases.filter(({ kind }) => kind === "error").length).toBeGreaterThan(60);
  });

  it.each(cases.filter(({ kind }) => kind !== "uri"))(
    "$name: is valid by Ajv 2020, and stands in the spec",
    ({ document, kind, value, status, code }) => {
      const media =
        kind === "request"
          ? at(operation(document), "requestBody", "content", "application/json")
          : at(
              operation(document),
              "responses",
              status ?? String(document.response.status),
              "content",
              "application/json",
            );
      const validate = new Ajv2020({ strict: false }).compile(at(media, "schema") as object);
      expect(validate(value), JSON.stringify(validate.errors)).toBe(true);
      const examples = at(media, "examples") as Node;
      const example = code ? examples[code] : Object.values(examples)[0];
      expect((example as Node).value).toEqual(value);
    },
  );

  it("is accepted by the types", () => {
    const request = {
      name: "Creating_a_manual_database-_and_table-level_backup",
      description: "Create a manual database- and table-level manual backup.",
      database_tables: [
        { database_name: "databaseNameA", table_names: ["table_A", "table_B"] },
        { database_name: "databaseNameB", table_names: null },
      ],
    } satisfies components["schemas"]["CreateManualBackupRequest"];
    const created = {
      job_id: "8061ceaf-b319-4315-9338-7f3de8e26f05",
      backup_id: "646d88d0b03f4fd2ae944ae2a33bcb6ain06",
    } satisfies components["schemas"]["CreateManualBackupResponse"];
    const deleted = {
      job_id: "f85104b5-4a9c-4e0f-9505-fc5409d8f7ae",
    } satisfies components["schemas"]["DeleteManualBackupResponse"];
    const failure = {
      error_code: "DBS.201214",
      error_msg: "The backup file does not exist.",
    } satisfies components["schemas"]["ServiceError"];
    const ofGateway = {
      error_code: "APIGW.0301",
      error_msg: "Incorrect IAM authentication information",
      request_id: "7f3a1c5e9b2d4860a1f4c7e29d0b6358",
    } satisfies components["schemas"]["GatewayError"] satisfies components["schemas"]["ServiceOrGatewayError"];
    const ofIam = {
      error: {
        code: 401,
        message: "The request you have made requires authentication.",
        title: "Unauthorized",
      } satisfies components["schemas"]["IamError"],
    } satisfies components["schemas"]["UnauthorizedError"];
    expect(Object.keys(ofIam)).toEqual(["error"]);
    expect(ofGateway.error_msg).toBe(documentedErrors.find(({ code }) => code === ofGateway.error_code)?.error_msg);
    expect(request).toEqual(mendedRequest());
    expect(created).toEqual(exampleResponse(creating));
    expect(deleted).toEqual(exampleResponse(deleting));
    expect(failure.error_msg).toBe(documentedErrors.find(({ code }) => code === failure.error_code)?.error_msg);
  });

  it.each(cases)(
    "$name: travels between client and mock as documented",
    async ({ document, kind, value, status, code }) => {
      mock.reset();
      const { parameters, path, query } = exampleUri(document);
      const operationId = document.operation as OperationId;
      const client = createClient({ baseUrl: mock.url, auth: "a-token", retries: 0 });
      if (kind === "error") mock.respond(operationId, { example: code, status: Number(status) });
      // The transcript knows of the input what no compiler does.
      const call = client[operationId](exampleInput(document) as never);
      if (kind === "error")
        await expect(call).rejects.toMatchObject({ name: "ApiError", status: Number(status), code, body: value });
      else await expect(call).resolves.toEqual(exampleResponse(document));
      const [request] = mock.requests;
      const target = query.size > 0 ? `${path}?${query}` : path;
      expect(request).toMatchObject({ method: document.uri.split(" ")[0], path: target, parameters, violations: [] });
      expect(request?.body).toEqual(exampleBody(document));
    },
  );

  it.each(cases)("$name: is in the rendered page", ({ document, kind, value, status, code }) => {
    if (kind === "uri") {
      const { host, parameters } = exampleUri(document);
      expect(pageText).toContain(squeezed(document.uri));
      expect(pageText).toContain(host);
      for (const example of Object.values(parameters)) expect(pageText).toContain(squeezed(example));
    } else if (kind === "error") {
      // A code that stands under several statuses has a row for each.
      const row = rows.get(`${code}-${status}`) ?? rows.get(String(code));
      // Beside the code stands the operation, where only one of them knows it.
      expect(row).toMatch(new RegExp(`^ *${code} +(?:only [\\w ]+)?${status} `));
      expect(row).toContain((value as { error_msg: string }).error_msg);
      expect(sections.get(document.operation)).toContain(code);
    } else expect(pageText).toContain(squeezed(JSON.stringify(value, null, 2)));
  });
});
