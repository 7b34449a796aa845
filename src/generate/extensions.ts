import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { Problem } from "../project.js";
import { commandFaults } from "./commands.js";
import { type Example, type OperationEntry, operationsOf, resolve, type Schema, type Spec } from "./description.js";
import { dataKeywords, schemaNameMaps } from "./refuse/schemas.js";

type Place = "error example" | "operation" | "response" | "schema" | "security scheme" | "server";

const text = { type: "string", minLength: 1 };
const count = { type: "integer", minimum: 1 };

/** Every extension that the description may use, where it may stand and which values it takes. See docs/extensions.md. */
export const extensions: Readonly<Record<string, { place: Place; schema: object }>> = {
  "x-transient": {
    place: "error example",
    schema: {
      type: "object",
      required: ["reason"],
      additionalProperties: false,
      properties: {
        reason: { enum: ["busy", "throttled", "server", "token"] },
        wait: { type: "number", exclusiveMinimum: 0 },
      },
    },
  },
  "x-new-token": { place: "error example", schema: { const: true } },
  "x-repeat-later": { place: "error example", schema: { const: true } },
  "x-error-code": { place: "schema", schema: text },
  "x-state": {
    place: "operation",
    schema: {
      type: "object",
      discriminator: { propertyName: "effect" },
      required: ["effect"],
      oneOf: [
        {
          required: ["id", "within"],
          additionalProperties: false,
          properties: {
            effect: { const: "create" },
            id: text,
            within: text,
            unique: text,
            occupies: text,
            conflict: text,
            full: text,
            busy: text,
          },
        },
        {
          required: ["id", "within", "missing"],
          additionalProperties: false,
          properties: { effect: { const: "delete" }, id: text, within: text, missing: text, busy: text },
        },
      ],
    },
  },
  "x-cli-name": { place: "operation", schema: { type: "string", pattern: "^[a-z][a-z0-9]*(-[a-z0-9]+)*$" } },
  "x-iam": { place: "server", schema: { type: "string", pattern: "^https://" } },
  "x-token-request": {
    place: "security scheme",
    schema: {
      type: "object",
      required: ["path", "header", "maxBytes"],
      additionalProperties: false,
      properties: { path: { type: "string", pattern: "^/" }, header: text, maxBytes: count },
    },
  },
  "x-max-body-bytes": { place: "response", schema: count },
};

/** One use of an extension: the object that it stands in, and the keys that lead there. */
interface Use {
  name: string;
  value: unknown;
  holder: object;
  path: string[];
}

/** @throws {Problem} that names each extension which is unknown, stands in the wrong place or has a value that is not allowed */
export function checkExtensions(spec: Spec): void {
  const uses = [...usesIn(spec, [])];
  const failures = failureExamples(spec);
  const faults = uses.flatMap((use) =>
    faultsOf(use, failures).map((fault) => `${placeName(spec, use.path)}: ${fault}`),
  );
  // The names and codes inside the values are only looked up once their shape is right.
  if (!faults.length)
    faults.push(...repeatFaults(spec, uses), ...stateFaults(spec), ...codeFaults(spec, uses), ...commandFaults(spec));
  if (faults.length)
    throw new Problem(`${faults.join("\n")}\ndocs/extensions.md lists the extensions and their values.`);
}

/** Keys whose value is a map from names to objects. A header that is called `x-request-id` is not an extension. */
const nameMaps = new Set([
  ...schemaNameMaps,
  "headers",
  "examples",
  "schemas",
  "parameters",
  "responses",
  "securitySchemes",
  "variables",
  "content",
  "links",
]);
/** Keys whose value is example data. */
const dataKeys = new Set(["value", ...dataKeywords]);

function* usesIn(holder: object, path: string[], keysAreNames = false): Generator<Use> {
  for (const [name, value] of Object.entries(holder)) {
    if (!keysAreNames && name.startsWith("x-")) yield { name, value, holder, path };
    else if (!keysAreNames && dataKeys.has(name)) continue;
    else if (typeof value === "object" && value !== null)
      yield* usesIn(value, [...path, name], !keysAreNames && !Array.isArray(value) && nameMaps.has(name));
  }
}

const ajv = new Ajv2020({ allErrors: true, verbose: true, discriminator: true, strictTypes: false });

function faultsOf({ name, value, path, holder }: Use, failures: ReadonlySet<object>): string[] {
  const extension = extensions[name];
  if (!extension) return [`${name} is unknown. The known extensions are ${Object.keys(extensions).join(", ")}.`];
  const place = placeOf(path);
  const isRead = place === extension.place && (place !== "error example" || failures.has(holder));
  if (!isRead) return [`${name} has no effect here. It belongs to an object of the kind: ${extension.place}.`];
  const validate = ajv.compile(extension.schema);
  if (validate(value)) return [];
  // If `effect` is missing, `required` reports it already, so the error of the discriminator itself is dropped.
  const errors = (validate.errors ?? []).filter(
    ({ keyword, params }) => keyword !== "discriminator" || params.tagValue !== undefined,
  );
  return errors.map((error) => `${name}${error.instancePath.replaceAll("/", ".")} ${faultText(error)}`);
}

/** The examples of responses with a status of 400 or more. Nobody reads what other examples say about a repetition. */
function failureExamples(spec: Spec): Set<object> {
  const failures = operationsOf(spec).flatMap(({ responses }) => responses.filter(({ status }) => status >= "400"));
  return new Set(
    failures.flatMap(({ content }) => Object.values(content?.examples ?? {}).map((one) => resolve<Example>(spec, one))),
  );
}

/** What is wrong with a value, and what is allowed. */
function faultText({ keyword, params, parentSchema, data, message }: ErrorObject): string {
  const found = `is ${JSON.stringify(data)}.`;
  switch (keyword) {
    case "enum":
      return `${found} Allowed are ${params.allowedValues.join(", ")}.`;
    case "const":
      return `${found} Only ${JSON.stringify(params.allowedValue)} is allowed.`;
    case "discriminator":
      return `has ${params.tag}: ${JSON.stringify(params.tagValue)}. Allowed are create, delete.`;
    case "required":
      return `lacks the key ${params.missingProperty}.`;
    case "additionalProperties":
      return `has the unknown key ${params.additionalProperty}. Allowed are ${Object.keys(parentSchema?.properties).join(", ")}.`;
    default:
      return `${found} It ${message}.`;
  }
}

/** The kind of object at the end of a path of the bundle. */
function placeOf(path: string[]): Place | undefined {
  const [first, second] = path;
  if (first === "servers" && path.length === 2) return "server";
  if (first === "paths" && path.length === 3) return "operation";
  if (second === "securitySchemes" && path.length === 3) return "security scheme";
  if (path.at(-2) === "examples") return "error example";
  if (path.at(-2) === "responses") return "response";
  if (second === "schemas" || path.includes("schema")) return "schema";
  return undefined;
}

/** The same object in the words of somebody who edits `openapi/`, where a component is a file of its name. */
function placeName(spec: Spec, path: string[]): string {
  const [first = "", second = "", third = "", ...rest] = path;
  if (first === "servers") return `openapi/openapi.yaml, server ${spec.servers[Number(second)]?.url}`;
  if (first === "paths") {
    const found = operationsOf(spec).find(({ path: one, method }) => one === second && method === third);
    const id = found?.operation.operationId ?? `${third.toUpperCase()} ${second}`;
    return [`operation ${id}`, ...rest].join(", ");
  }
  if (second === "securitySchemes") return `openapi/openapi.yaml, security scheme ${third}`;
  if (first === "components")
    return [`openapi/${second}/${third}.yaml`, ...(rest.length ? [rest.join("/")] : [])].join(", ");
  return ["openapi/openapi.yaml", ...(path.length ? [path.join("/")] : [])].join(", ");
}

/** An error example has at most one of these extensions; otherwise client and reference would follow different ones. */
function repeatFaults(spec: Spec, uses: Use[]): string[] {
  const examples = new Map(uses.map(({ holder, path }) => [holder as Example, placeName(spec, path)]));
  return [...examples].flatMap(([example, place]) => repeatFaultsOf(example).map((fault) => `${place}: ${fault}`));
}

function repeatFaultsOf(example: Example): string[] {
  const { "x-transient": transient, "x-new-token": newToken, "x-repeat-later": later } = example;
  const needsToken = transient?.reason === "token";
  if (needsToken && !newToken) return ["x-transient.reason is token, which needs x-new-token. Add it."];
  const ways = [
    ...(transient && !needsToken ? ["x-transient"] : []),
    ...(newToken ? ["x-new-token"] : []),
    ...(later ? ["x-repeat-later"] : []),
  ];
  return ways.length < 2 ? [] : [`${ways.join(" and ")} contradict each other. Leave only one of them.`];
}

/** The error codes that an operation documents. */
function codesOf({ responses }: OperationEntry): string[] {
  return responses.flatMap(({ status, content }) => (status >= "400" ? Object.keys(content?.examples ?? {}) : []));
}

/** `x-state` must name parameters, properties and error codes that its operation has. */
function stateFaults(spec: Spec): string[] {
  return operationsOf(spec).flatMap((entry) => {
    const state = entry.operation["x-state"];
    if (!state) return [];
    const inPath = entry.parameters.filter(({ in: where }) => where === "path").map(({ name }) => name);
    const inBody = propertiesOf(spec, entry.requestBody?.content.schema);
    const success = entry.responses.find(({ status }) => status.startsWith("2"));
    const allowed = {
      id: state.effect === "create" ? propertiesOf(spec, success?.content?.schema) : inPath,
      within: inPath,
      occupies: inPath,
      unique: inBody,
      conflict: codesOf(entry),
      full: codesOf(entry),
      missing: codesOf(entry),
      busy: codesOf(entry),
    };
    return Object.entries(allowed).flatMap(([key, names]) => {
      const name = state[key as keyof typeof allowed];
      if (name === undefined || names.includes(name)) return [];
      return [
        `operation ${entry.operation.operationId}: x-state.${key} is ${JSON.stringify(name)}. Allowed are ${names.join(", ")}.`,
      ];
    });
  });
}

function propertiesOf(spec: Spec, schema: Schema | undefined): string[] {
  return Object.keys((schema && resolve<Schema>(spec, schema).properties) ?? {});
}

/** `x-error-code` must stand at a field of a request, and each operation that has the field must document the code. */
function codeFaults(spec: Spec, uses: Use[]): string[] {
  const faults: string[] = [];
  const read = new Set<object>();
  for (const entry of operationsOf(spec)) {
    const body = entry.requestBody && resolve<Schema>(spec, entry.requestBody.content.schema);
    const fields: [string, Schema][] = [
      ...entry.parameters.map(({ name, schema }): [string, Schema] => [name, schema]),
      ...Object.entries(body?.properties ?? {}),
    ];
    for (const [name, field] of fields) {
      const schema = resolve<Schema>(spec, field);
      read.add(schema);
      const code = schema["x-error-code"];
      const codes = codesOf(entry);
      // The failures of a HEAD have no body, and so no code.
      if (code === undefined || codes.length === 0 || codes.includes(String(code))) continue;
      faults.push(
        `operation ${entry.operation.operationId}: x-error-code of ${name} is ${JSON.stringify(code)}, which no failure of the operation documents. Allowed are ${codes.join(", ")}.`,
      );
    }
  }
  const unread = uses.filter(({ name, holder }) => name === "x-error-code" && !read.has(holder));
  return [
    ...faults,
    ...unread.map(
      ({ path }) =>
        `${placeName(spec, path)}: x-error-code has no effect here. It belongs to a parameter or to a property of a request body.`,
    ),
  ];
}
