/** What OpenAPI allows and this toolkit does not: it is refused, with its place, and never ignored in silence. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { operationsOf } from "../../src/description/operations.js";
import { dereferenced } from "../../src/description/references.js";
import type { Spec } from "../../src/description/spec.js";
import { operationTable } from "../../src/generate/operations.js";
import { checkExtensions } from "../../src/generate/refuse/extensions.js";
import { refuseUnsupported } from "../../src/generate/refuse/refuse.js";
import { validators } from "../../src/generate/validators.js";
import { type Json, type Node, withChange } from "../support/facts.js";
import { bundle } from "../support/transcript.js";

const workflow = readFileSync(new URL("../../openapi/workflow.arazzo.yaml", import.meta.url), "utf8");
const creationPath = ["paths", "/v3/{project_id}/instances/{instance_id}/backups"];
const creation = [...creationPath, "post"];
const request = ["components", "schemas", "CreateManualBackupRequest"];
const response = ["components", "schemas", "CreateManualBackupResponse"];
const server = ["servers", "0"];

/** The description with another value at a path, or with added parameters of the create. */
function changed(path: string[], value: Json | undefined): Spec {
  return structuredClone(withChange(bundle, path, () => value)) as Partial<Spec> as Spec;
}

function withParameter(...added: Node[]): Spec {
  const { parameters } = creation.reduce<Json>((at, key) => (at as Node)[key] ?? null, bundle) as {
    parameters: Node[];
  };
  const preset = { name: "kind", in: "query", description: "A kind.", schema: { type: "string" } };
  return changed([...creation, "parameters"], [...parameters, ...added.map((one) => ({ ...preset, ...one }))]);
}

function complaint(spec: Spec, steps = workflow): string {
  try {
    refuseUnsupported(spec, steps);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

function readCreation(): Json {
  return creation.reduce<Json>((at, key) => (at as Node)[key] ?? null, bundle);
}

/** What the example of a failure says beside its value. */
const words = { summary: "A conflict.", description: "Wait." };
const own = "They are stated once, at the top of openapi/openapi.yaml.";
const noRule =
  'has no rule in words, which its error shows. Begin the description beside it like this: "The name: letters only."';
const createPath = "/v3/{project_id}/instances/{instance_id}/backups";

it("takes the description as it is", () => {
  expect(complaint(changed(["openapi"], "3.1.0"))).toBe("");
  expect(complaint(withParameter({ style: "form", explode: true }))).toBe("");
  expect(complaint(withParameter({ schema: { type: "array", items: { type: "string" } } }))).toBe("");
});

it.each<[Node, string]>([
  [{ style: "spaceDelimited" }, "style is spaceDelimited, but in the query only form is supported. Leave out style."],
  [{ explode: false }, "explode is false, but in the query only true is supported. Leave out explode."],
  [{ in: "header", explode: true }, "explode is true, but in the header only false is supported. Leave out explode."],
  [
    { allowReserved: true },
    "allowReserved is true, but in the query only false is supported. Leave out allowReserved.",
  ],
  [
    { schema: { type: "object" } },
    "its type is object, which is not supported. Describe each property as a parameter of its own.",
  ],
  [
    { in: "path", schema: { type: "array" } },
    "its type is array, which is not supported in the path. Take a text, or move it to the query.",
  ],
  [
    { in: "header", schema: { type: "array", items: { type: "string" } } },
    "its type is array, which is not supported in the header. Take a text, or move it to the query.",
  ],
  [{ in: "path", schema: { type: "boolean" } }, "it must have a type: string, integer or number."],
  [{ schema: { enum: [1, 2] } }, "it must have a type: string, integer, number, boolean or array."],
  [{ schema: { type: ["string", "null"] } }, "its type allows null, which no parameter can say. Leave null out."],
  [
    { schema: { type: "array", items: { type: "object" } } },
    "it is a list, whose items must have a type: string, integer, number or boolean.",
  ],
  [
    { schema: { type: "string", format: "password" } },
    "it is a password, and addresses and headers are written to logs. Move it to the request body.",
  ],
  [{ in: "cookie" }, "it is in a cookie, which the client does not send. Move it to the query or a header."],
])("refuses the parameter %j", (parameter, fault) => {
  expect(complaint(withParameter(parameter))).toBe(`operation createManualBackup, parameter kind: ${fault}`);
});

it.each([
  // What the client sets, with a token or with a signature.
  ...["Accept", "Authorization", "Content-Type", "X-Auth-Token", "X-Project-Id", "X-Sdk-Date", "X-Security-Token"],
  // What belongs to HTTP itself: fetch sets these, or throws.
  ...["Connection", "content-length", "expect", "host", "keep-alive", "TE", "trailer", "transfer-encoding", "upgrade"],
])("refuses the header %s, which the client sets", (name) => {
  expect(complaint(withParameter({ name, in: "header" }))).toBe(
    `operation createManualBackup, parameter ${name}: it is a header that the client sets by itself. Leave it out.`,
  );
});

it("refuses a parameter with content in place of a schema", () => {
  const { schema: _, ...rest } = { name: "kind", in: "query", description: "A kind.", schema: {} };
  const parameters = [{ ...rest, content: { "application/json": { schema: { type: "object" } } } }];
  expect(complaint(changed([...creation, "parameters"], parameters))).toBe(
    "operation createManualBackup, parameter kind: it has no schema, and content is not supported. Give it a schema in its place.",
  );
});

it.each<[string, Spec, string]>([
  [
    "a name in two places",
    withParameter({ name: "project_id" }),
    "operation createManualBackup: project_id is a parameter in the path and in the query. The client takes all parameters in one object, so rename one of them.",
  ],
  [
    "a name that the body has as well",
    withParameter({ name: "name" }),
    'operation createManualBackup: "name" is a parameter and a property of the request body. The client takes both in one object, so rename one of them.',
  ],
  [
    "a body that is not JSON",
    changed([...creation, "requestBody", "content"], { "text/csv": { schema: {}, examples: { one: { value: "a" } } } }),
    "operation createManualBackup: its request body is text/csv. Only JSON is supported, such as application/json.",
  ],
  [
    "two media types of a body",
    changed([...creation, "requestBody", "content"], {
      "application/json": { schema: {} },
      "text/csv": { schema: {} },
    }),
    "operation createManualBackup: its request body has the media types application/json, text/csv. Only one is supported: leave out the others.",
  ],
  [
    "a body without an example",
    changed([...creation, "requestBody", "content", "application/json", "examples"], {}),
    "operation createManualBackup: its request body has no example. The pages and the help of the command show one: add it under examples.",
  ],
  [
    "servers of an operation",
    changed([...creation, "servers"], []),
    `operation createManualBackup: servers has no effect here. ${own}`,
  ],
  [
    "security of an operation",
    changed([...creation, "security"], []),
    `operation createManualBackup: security has no effect here. ${own}`,
  ],
  [
    "no server on this machine",
    changed(["servers", "3", "variables", "host", "default"], "mock.example.com"),
    "openapi/openapi.yaml: no server is at 127.0.0.1 with a port. The mock listens there, and the pages name it: add one such as http://127.0.0.1:4010.",
  ],
  [
    "servers of a path",
    changed([...creationPath, "servers"], []),
    `path ${createPath}: servers has no effect here. ${own}`,
  ],
  [
    "a status for all others",
    changed([...creation, "responses", "default"], { description: "Any." }),
    "operation createManualBackup, response default: default stands for several statuses. Only single ones are supported, such as 404: list each.",
  ],
  [
    "a status for a range",
    changed([...creation, "responses", "4XX"], { description: "Any." }),
    "operation createManualBackup, response 4XX: 4XX stands for several statuses. Only single ones are supported, such as 404: list each.",
  ],
  [
    "a response without an example",
    changed([...creation, "responses", "409"], {
      description: "A conflict.",
      content: { "application/json": { schema: {}, examples: {} } },
    }),
    "operation createManualBackup, response 409: it has no example, and the mock answers with one. Add it under examples.",
  ],
  [
    "an example with another name than its code",
    changed([...creation, "responses", "409"], {
      description: "A conflict.",
      content: {
        "application/json": { schema: {}, examples: { conflict: { ...words, value: { error_code: "DBS.1" } } } },
      },
    }),
    "operation createManualBackup, response 409: the example conflict holds the error_code DBS.1. Links lead to the code, so call the example DBS.1.",
  ],
  [
    "a server with regions and without IAM",
    changed([...server, "x-iam"], undefined),
    "openapi/openapi.yaml, server https://gaussdb-nosql.{region}.myhuaweicloud.com: it has regions but no x-iam, so that no token can be obtained there. Add the address of IAM.",
  ],
  [
    "an address of IAM with another variable",
    changed([...server, "x-iam"], "https://iam.{zone}.example.com"),
    "openapi/openapi.yaml, server https://gaussdb-nosql.{region}.myhuaweicloud.com: x-iam contains {zone}, but only {region} is filled in. Leave out {zone}.",
  ],
  [
    "an address of IAM without regions",
    changed(["servers", "2", "x-iam"], "https://iam.example.com"),
    "openapi/openapi.yaml, server https://{host}: x-iam has no effect, because the server has no list of regions. Leave it out, or add the variable region.",
  ],
  [
    "a region of two servers",
    changed(["servers", "1", "variables", "region", "enum"], ["eu-west-101", "af-south-1"]),
    "openapi/openapi.yaml: the region af-south-1 is listed twice. Each belongs to one server.",
  ],
  [
    "no way to obtain a token",
    changed(["components", "securitySchemes", "token", "x-token-request"], undefined),
    "openapi/openapi.yaml: no security scheme has x-token-request, which says how the client obtains a token. Add it.",
  ],
  [
    "two ways to obtain a token",
    changed(["components", "securitySchemes", "signature", "x-token-request"], { path: "/", header: "X-Token" }),
    "openapi/openapi.yaml: token and signature have x-token-request. The client obtains one kind of token only.",
  ],
  [
    "no limit for the bodies of requests",
    changed(["components", "responses", "ContentTooLarge", "x-max-body-bytes"], undefined),
    "no response has x-max-body-bytes. The mock needs one limit for the bodies of all requests: state it at the response 413.",
  ],
  [
    "two limits for the bodies of requests",
    changed(["components", "responses", "BadGateway", "x-max-body-bytes"], 1024),
    "x-max-body-bytes is 12582912 and 1024. The mock needs one limit for the bodies of all requests: state it at the response 413.",
  ],
  [
    "a token in the address, which would be written to logs",
    changed(["components", "securitySchemes", "token", "in"], "query"),
    "openapi/openapi.yaml, security scheme token: it is in the query. Credentials are sent in a header only.",
  ],
  [
    "a TRACE, which fetch forbids",
    changed([...creationPath, "trace"], {
      operationId: "traceManualBackup",
      responses: { "204": { description: "Traced." } },
    }),
    "operation traceManualBackup: no client may send a TRACE. Use another method.",
  ],
  [
    "the summary of a path",
    changed([...creationPath, "summary"], "Backups of an instance"),
    `path ${createPath}: summary is shown nowhere. Give it to the operations.`,
  ],
  [
    "the description of a path",
    changed([...creationPath, "description"], "Backups of an instance."),
    `path ${createPath}: description is shown nowhere. Give it to the operations.`,
  ],
  [
    "an address of the service with another variable",
    changed([...server, "url"], "https://gaussdb-nosql.{region}.{domain}"),
    "openapi/openapi.yaml, server https://gaussdb-nosql.{region}.{domain}: url contains {domain}, but only {region} is filled in. Leave out {domain}.",
  ],
  [
    "an unknown tag",
    changed([...creation, "tags"], ["Restores"]),
    "operation createManualBackup: the tag Restores is not among the tags of openapi/openapi.yaml, which are Backups. Add it there.",
  ],
  [
    "a schema that refers to itself",
    changed([...request, "properties", "database_tables", "items"], {
      $ref: "#/components/schemas/CreateManualBackupRequest",
    }),
    "openapi/schemas/CreateManualBackupRequest.yaml: the schema refers to itself, which is not supported. Describe as many levels as there are.",
  ],
  [
    "a property that only responses have",
    changed([...request, "properties", "name", "readOnly"], true),
    "openapi/schemas/CreateManualBackupRequest.yaml: readOnly is not supported. Use one schema for the request and another for the response.",
  ],
  [
    "contains beside prefixItems, which Ajv gets wrong",
    changed([...response, "properties", "job_id"], {
      prefixItems: [{ type: "object" }],
      contains: true,
      maxContains: 3,
    }),
    "openapi/schemas/CreateManualBackupResponse.yaml: contains beside prefixItems is not supported. Put one of them into an allOf.",
  ],
  [
    "contains that nothing counts, which Ajv gets wrong in a list of lists",
    changed([...response, "properties", "job_id"], { contains: true }),
    "openapi/schemas/CreateManualBackupResponse.yaml: contains without maxContains is not supported. Add a maxContains.",
  ],
  [
    "a keyword of a request that Prism does not know",
    changed([...request, "dependentRequired"], { name: ["description"] }),
    "openapi/schemas/CreateManualBackupRequest.yaml: dependentRequired is not supported in a request, because the mock cannot check it. Leave it out.",
  ],
  [
    "a pattern without a description",
    changed([...request, "properties", "name", "description"], undefined),
    `openapi/schemas/CreateManualBackupRequest.yaml: the pattern ^[A-Za-z][A-Za-z0-9_-]*$ ${noRule}`,
  ],
  [
    "a pattern whose description does not begin with its rule",
    changed([...request, "properties", "name", "description"], "The name of the backup. It has a rule: letters only."),
    `openapi/schemas/CreateManualBackupRequest.yaml: the pattern ^[A-Za-z][A-Za-z0-9_-]*$ ${noRule}`,
  ],
  [
    "two rules for one pattern",
    changed([...response, "properties", "job_id"], {
      type: "string",
      pattern: "^[A-Za-z][A-Za-z0-9_-]*$",
      description: "The ID of the job: letters only.",
    }),
    'openapi/: the descriptions of the pattern ^[A-Za-z][A-Za-z0-9_-]*$ state different rules: "a letter first, then only letters, digits, - and _" and "letters only". Use one of them.',
  ],
  [
    "two rules for one pattern, of a property and of a parameter",
    changed(["components", "parameters", "ProjectId", "schema"], {
      type: "string",
      pattern: "^[A-Za-z][A-Za-z0-9_-]*$",
      description: "The ID: letters only.",
    }),
    'openapi/: the descriptions of the pattern ^[A-Za-z][A-Za-z0-9_-]*$ state different rules: "letters only" and "a letter first, then only letters, digits, - and _". Use one of them.',
  ],
  [
    "what stands beside a reference",
    changed([...request, "properties", "database_tables", "items", "maxProperties"], 2),
    "openapi/schemas/CreateManualBackupRequest.yaml, properties/database_tables/items: maxProperties beside $ref is not supported. Put it into openapi/schemas/DatabaseTableInfo.yaml.",
  ],
  [
    "a second success",
    changed([...creation, "responses", "200"], { description: "Done." }),
    "operation createManualBackup: it has the successes 200, 202, but each operation must have one: describe one response with a status of 2xx.",
  ],
  [
    "no success",
    changed([...creation, "responses"], { "409": { description: "A conflict." } }),
    "operation createManualBackup: it has no success, but each operation must have one: describe one response with a status of 2xx.",
  ],
  [
    "no responses at all, which OpenAPI 3.1 allows",
    changed([...creation, "responses"], undefined),
    "operation createManualBackup: it has no success, but each operation must have one: describe one response with a status of 2xx.",
  ],
  [
    "a body of the response to a HEAD",
    changed([...creationPath, "head"], {
      operationId: "probeManualBackup",
      parameters: [],
      responses: {
        "200": {
          description: "Done.",
          content: { "application/json": { schema: {}, examples: { a: { summary: "One.", value: {} } } } },
        },
      },
    }),
    "operation probeManualBackup, response 200: the response to a HEAD has no body. Leave out its content.",
  ],
  [
    "a request body without a media type",
    changed([...creation, "requestBody", "content"], {}),
    "operation createManualBackup: its request body has no media type. Describe it under application/json.",
  ],
  [
    "a request body without a schema",
    changed([...creation, "requestBody", "content", "application/json", "schema"], undefined),
    "operation createManualBackup: its request body has no schema. Add one.",
  ],
  [
    "a success that is no JSON",
    changed([...creation, "responses", "202"], {
      description: "Done.",
      content: { "text/plain": { schema: {}, examples: { a: { summary: "A", value: "a" } } } },
    }),
    "operation createManualBackup, response 202: its media type is text/plain. Only JSON is supported, such as application/json.",
  ],
  [
    "two media types of a response",
    changed([...creation, "responses", "409"], {
      description: "A conflict.",
      content: {
        "application/json": { schema: {}, examples: { a: { ...words, value: {} } } },
        "text/html": { schema: {} },
      },
    }),
    "operation createManualBackup, response 409: it has the media types application/json, text/html. Only one is supported: leave out the others.",
  ],
  [
    "a response without a schema",
    changed([...creation, "responses", "409"], {
      description: "A conflict.",
      content: { "application/json": { examples: { "DBS.1": { ...words, value: { error_code: "DBS.1" } } } } },
    }),
    "operation createManualBackup, response 409: it has no schema. Add one.",
  ],
  [
    "a failure whose example is no object",
    changed([...creation, "responses", "409"], {
      description: "A conflict.",
      content: { "application/json": { schema: {}, examples: { conflict: { ...words, value: null } } } },
    }),
    "operation createManualBackup, response 409: the example conflict must be a JSON object, as the bodies of failures are.",
  ],
  [
    "a header without a description",
    changed([...creation, "responses", "409"], { description: "A conflict.", headers: { "x-a": { schema: {} } } }),
    "operation createManualBackup, response 409: the header x-a has no description. The pages show it: add one.",
  ],
  [
    "a header with content",
    changed([...creation, "responses", "409"], {
      description: "A conflict.",
      headers: { "x-a": { description: "A.", content: {} } },
    }),
    "operation createManualBackup, response 409: the header x-a has no schema. Add one; content is not supported.",
  ],
  [
    "a code that means something else elsewhere",
    changed([...creation, "responses", "404"], {
      description: "Not found.",
      content: {
        "application/json": {
          schema: {},
          examples: { "APIGW.0101": { ...words, value: { error_code: "APIGW.0101", error_msg: "x" } } },
        },
      },
    }),
    "operation deleteManualBackup, response 404: the example APIGW.0101 differs from the one of another operation. Share it by $ref, or rename it.",
  ],
  [
    "a parameter within a segment",
    changed(["paths", "/v3/{project_id}/backups/{backup_id}:stop"], { post: readCreation() }),
    "path /v3/{project_id}/backups/{backup_id}:stop: the segment {backup_id}:stop is more than a parameter. Give the parameter a segment of its own.",
  ],
  [
    "parameters that would be one flag",
    withParameter({ name: "Instance-Id", in: "header" }),
    "operation createManualBackup: instance_id and Instance-Id would be the same flag of the command. Rename one of them.",
  ],
  [
    "a parameter that would be the flag of one whose name the command has itself",
    withParameter({ name: "timeout" }, { name: "input_timeout" }),
    "operation createManualBackup: timeout and input_timeout would be the same flag of the command. Rename one of them.",
  ],
  [
    "a parameter that would be the flag of a property",
    withParameter({ name: "database-tables" }),
    "operation createManualBackup: database-tables and database_tables would be the same flag of the command. Rename one of them.",
  ],
  [
    "what stands beside the reference to a parameter",
    changed([...creation, "parameters", "0", "description"], "Other words."),
    "operation createManualBackup, parameters, 0: description beside $ref is not supported. Put it into openapi/parameters/ProjectId.yaml.",
  ],
  [
    "what stands beside the reference to a parameter of a path",
    changed([...creationPath, "parameters"], [{ $ref: "#/components/parameters/ProjectId", description: "Other." }]),
    `path ${createPath}, parameters, 0: description beside $ref is not supported. Put it into openapi/parameters/ProjectId.yaml.`,
  ],
  [
    "a body where the status has none",
    changed([...creation, "responses"], {
      "204": {
        description: "Done.",
        content: { "application/json": { schema: {}, examples: { a: { summary: "A", value: {} } } } },
      },
    }),
    "operation createManualBackup, response 204: a response with this status has no body. Leave out its content.",
  ],
  [
    "a status that no client sees",
    changed([...creation, "responses", "103"], { description: "Early hints." }),
    "operation createManualBackup, response 103: 103 precedes a response, and no client gets to see it. Leave it out.",
  ],
  [
    "a body of a GET",
    changed(creationPath, { get: readCreation() }),
    "operation createManualBackup: a GET cannot have a request body. Use parameters, or another method.",
  ],
  [
    "a scheme that is no API key",
    changed(["components", "securitySchemes", "signature", "type"], "http"),
    "openapi/openapi.yaml, security scheme signature: its type is http. Only apiKey is supported.",
  ],
  [
    "a scheme in the query",
    changed(["components", "securitySchemes", "signature", "in"], "query"),
    "openapi/openapi.yaml, security scheme signature: it is in the query. Credentials are sent in a header only.",
  ],
  [
    "two schemes at once",
    changed(["security"], [{ token: [], signature: [] }]),
    "openapi/openapi.yaml: security asks for token and signature at once. List each as an item of its own.",
  ],
  [
    "calls without credentials",
    changed(["security"], [{ token: [] }, {}]),
    "openapi/openapi.yaml: security allows calls without credentials. Leave out {}.",
  ],
  [
    "security that lists nothing",
    changed(["security"], []),
    "openapi/openapi.yaml: security lists no scheme, and the client always sends one. Add it.",
  ],
  [
    "a scheme without a description",
    changed(["components", "securitySchemes", "signature", "description"], ""),
    "openapi/openapi.yaml, security scheme signature: it has no description. The pages show it: add one.",
  ],
  [
    "a description of nothing",
    changed(["info", "description"], ""),
    "openapi/openapi.yaml: info has no description, which the pages show. Add one.",
  ],
  [
    "a description without a summary",
    changed(["info", "summary"], undefined),
    "openapi/openapi.yaml: info has no summary, which the pages show. Add one.",
  ],
  [
    "a server without a description",
    changed([...server, "description"], undefined),
    "openapi/openapi.yaml, server https://gaussdb-nosql.{region}.myhuaweicloud.com: it has no description. The pages show it: add one.",
  ],
  [
    "a variable of a server without a description",
    changed([...server, "variables", "region", "description"], undefined),
    "openapi/openapi.yaml, server https://gaussdb-nosql.{region}.myhuaweicloud.com: the variable region has no description. The pages show it: add one.",
  ],
  [
    "an example of a success without a summary",
    changed(["components", "examples", "createManualBackup.tables.response", "summary"], undefined),
    "operation createManualBackup, response 202: the example tables has no summary. The pages show it: add one.",
  ],
  [
    "an example of a failure without a summary, which is its meaning",
    changed(["components", "examples", "error.DBS.200002", "summary"], undefined),
    "operation createManualBackup, response 404: the example DBS.200002 has no summary. The pages show it: add one.",
  ],
  [
    "an example of a failure without a description, which is its advice",
    changed(["components", "examples", "error.DBS.200002", "description"], undefined),
    "operation createManualBackup, response 404: the example DBS.200002 has no description. Errors and pages show it as the advice: add one.",
  ],
  [
    "an example of a failure without a value",
    changed(["components", "examples", "error.DBS.200002", "value"], undefined),
    "operation createManualBackup, response 404: the example DBS.200002 has no value. The pages and the mock show it: add one.",
  ],
  [
    "an example without a value",
    changed([...creation, "requestBody", "content", "application/json", "examples", "tables"], { summary: "Tables" }),
    "operation createManualBackup: the example tables of its request body has no value. The pages and the mock show it: add one.",
  ],
  [
    "a response header with examples",
    changed(["components", "responses", "CreateManualBackupAccepted", "headers", "x-request-id"], {
      description: "An ID.",
      schema: { type: "string" },
      examples: { one: { value: "1" } },
    }),
    "operation createManualBackup, response 202: the header x-request-id has examples. Only one is supported: give it as example.",
  ],
  [
    "an example of a request without a summary",
    changed(["components", "examples", "createManualBackup.tables.request", "summary"], undefined),
    "operation createManualBackup: the example tables of its request body has no summary. The pages show it: add one.",
  ],
])("refuses %s, and says where", (_, spec, fault) => {
  expect(complaint(spec)).toBe(fault);
});

it.each([
  ["parameters", "Force", { name: "force", in: "query", description: "Never.", schema: { type: "boolean" } }],
  ["schemas", "Never", { type: "string", description: "A text." }],
  ["headers", "Never", { $ref: "#/components/headers/XRequestId" }],
  ["responses", "Never", { description: "Nothing." }],
  ["examples", "error.Never", { summary: "A claim.", value: {} }],
  ["securitySchemes", "basic", { type: "apiKey", in: "header", name: "X-Basic", description: "A key." }],
])("refuses a component that no operation uses: %s/%s", (kind, name, component) => {
  expect(complaint(changed(["components", kind, name], component))).toBe(
    `openapi/openapi.yaml: components.${kind}.${name} is used by no operation. Refer to it, or delete it and its file.`,
  );
});

it.each<[string, Spec, string]>([
  ["webhooks", changed(["webhooks"], {}), "openapi/openapi.yaml"],
  ["pathItems", changed(["components", "pathItems"], {}), "openapi/openapi.yaml, components"],
  ["callbacks", changed([...creation, "callbacks"], {}), "operation createManualBackup"],
  ["deprecated", changed([...creation, "deprecated"], true), "operation createManualBackup"],
  ["externalDocs", changed([...creation, "externalDocs"], { url: "https://a" }), "operation createManualBackup"],
  ["deprecated", withParameter({ deprecated: true }), "operation createManualBackup, parameter kind"],
  ["allowEmptyValue", withParameter({ allowEmptyValue: true }), "operation createManualBackup, parameter kind"],
])("refuses %s, which nothing reads", (key, spec, place) => {
  expect(complaint(spec)).toBe(`${place}: ${key} is not supported. Leave it out, or say it in a description.`);
});

it("takes data of a schema as it is, whatever its keys are called", () => {
  const data = [{ readOnly: true, contains: 1, $ref: "#/nowhere", prefixItems: [] }];
  for (const keyword of ["examples", "enum"]) {
    expect(complaint(changed([...request, "properties", "name", keyword], data)), keyword).toBe("");
  }
});

it("takes data of an example as it is, whatever its keys are called", () => {
  const value = { pattern: "^[A-Za-z][A-Za-z0-9_-]*$", description: "The data: other words." };
  const example = [...creation, "requestBody", "content", "application/json", "examples", "more"];
  expect(complaint(changed(example, { summary: "More", value }))).toBe("");
});

it("takes copies of all operations under other names, with their state", () => {
  const paths = bundle.paths as Node;
  const copies = Object.entries(paths).map(([path, item]) => [
    `/copies${path}`,
    JSON.parse(JSON.stringify(item).replace(/("(?:operationId|x-cli-name)":"\w+)"/g, '$1-copy"')),
  ]);
  const spec = changed(["paths"], { ...paths, ...Object.fromEntries(copies) });
  expect(complaint(spec)).toBe("");
  expect(() => checkExtensions(spec)).not.toThrow();
});

it("takes a parameter that the command tells from its own flag by a prefix", () => {
  expect(complaint(withParameter({ name: "Project-Id", in: "header" }, { name: "timeout" }))).toBe("");
});

it("takes names that only differ in case, as flags do", () => {
  expect(complaint(withParameter({ name: "Name" }))).toBe("");
});

it("refuses a redirect, an empty segment, and a property that is deprecated", () => {
  const redirect = changed([...creation, "responses", "304"], { description: "Not modified." });
  expect(complaint(redirect)).toBe(
    "operation createManualBackup, response 304: 304 is a redirect, and the client follows none. Leave it out.",
  );
  const empty = changed(["paths", `${createPath}/`], { post: readCreation() });
  expect(complaint(empty)).toContain(`path ${createPath}/: a segment is empty, which no URL keeps. Leave it out.`);
  expect(complaint(changed([...request, "properties", "name", "deprecated"], true))).toBe(
    "openapi/schemas/CreateManualBackupRequest.yaml: deprecated is not supported. Leave it out, or say it in the description.",
  );
});

it("takes a property that is called readOnly", () => {
  const property = { type: "string", description: "A property." };
  expect(complaint(changed([...request, "properties", "readOnly"], property))).toBe("");
});

it("refuses a step of the workflow that calls no operation", () => {
  const steps = workflow.replace("operationId: createManualBackup", "operationId: createBackup");
  const spec = changed(["openapi"], "3.1.0");
  const names = operationsOf(spec).map(({ operationId }) => operationId);
  expect(complaint(spec, steps)).toBe(
    `openapi/workflow.arazzo.yaml, workflow createAndDelete, step create: there is no operation createBackup. The operations are ${names.join(", ")}.`,
  );
});

it.each([
  ["may be left out, and requires properties", [...creation, "requestBody", "required"], false],
  ["takes any key", [...request, "additionalProperties"], true],
  ["takes any key of a type", [...request, "additionalProperties"], { type: "string" }],
])("a body that %s is given as a whole", async (_, path, value) => {
  const spec = changed(path, value);
  expect((await operationTable(dereferenced(spec))).code).toContain('"body": "whole"');
  expect(await validators(dereferenced(spec))).toContain("data.body");
  const { parameters } = creation.reduce<Json>((at, key) => (at as Node)[key] ?? null, bundle) as {
    parameters: Node[];
  };
  const taken = { name: "body", in: "query", description: "A body.", schema: { type: "string" } };
  const beside = withChange(spec as object as Node, [...creation, "parameters"], () => [...parameters, taken]);
  expect(complaint(beside as Partial<Spec> as Spec)).toBe(
    "operation createManualBackup: a parameter is called body, and the client takes the request body under that key. Rename the parameter.",
  );
});

it("a parameter of a path belongs to its operations, unless one of them replaces it", () => {
  const ofPath = { name: "kind", in: "query", description: "Of the path.", schema: { type: "string" } };
  const shared = [ofPath, { ...ofPath, name: "zone" }];
  const spec = withParameter({ description: "Of the operation." });
  const both = changedIn(spec, [...creationPath, "parameters"], shared);
  const found = operationsOf(both)[0]?.parameters.map(({ name, description }) => `${name}: ${description}`);
  expect(found).toHaveLength(4);
  expect(found).toContain("kind: Of the operation.");
  expect(found).toContain("zone: Of the path.");
});

function changedIn(spec: Spec, path: string[], value: Json): Spec {
  return withChange(spec as object as Node, path, () => value) as Partial<Spec> as Spec;
}

it("refuses a description that leaves open how an unknown path is answered, or where the ID of a request is", () => {
  const example = ["components", "examples", "error.APIGW.0101"];
  expect(complaint(changed([...example, "x-unknown-route"], undefined))).toBe(
    "no error example has x-unknown-route. The mock needs it at one: the failure of the gateway for a path that does not exist.",
  );
  expect(complaint(changed(["components", "examples", "error.APIGW.0302", "x-unknown-route"], true))).toBe(
    "the examples APIGW.0302 and APIGW.0101 have x-unknown-route. The mock needs it at one: the failure of the gateway for a path that does not exist.",
  );
  expect(complaint(changed(["components", "headers", "XRequestId", "example"], "another"))).toBe(
    "no header of a failure has the request_id of the body as its example. The client and the mock need one such header: give it that example.",
  );
});
