import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import _standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { flatBody } from "../description/flat-body.js";
import { keywordObjects } from "../description/keywords.js";
import { type Operation, operationsOf } from "../description/operations.js";
import type { Schema, Spec } from "../description/spec.js";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { messagesFor, patternWords } from "./validation-messages.js";

// The module is CommonJS: its default export is the `default` of what Node hands over.
const standaloneCode = _standaloneCode.default;

/**
 * `generated/validators.js`: for each operation, validators of its input and of its successful response body. They are the
 * standalone output of Ajv, so that no schema is compiled at run time.
 * @param description with its references followed
 * @throws {Problem} when a schema is not valid JSON Schema
 */
export async function validators(description: Spec): Promise<string> {
  const schemas = Object.fromEntries(
    operationsOf(description).map((operation) => [operation.operationId, schemasOf(operation)]),
  );
  const allSchemas = Object.values(schemas).flatMap((parts) => Object.values(parts));
  const keywords = [...new Set([...keywordObjects(allSchemas)].flatMap(({ object }) => Object.keys(object)))];
  const ajv = new Ajv2020({
    // A misspelled keyword must not be left unchecked in silence.
    strictSchema: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    allowMatchingProperties: true,
    // In OpenAPI, a format is a hint for people.
    validateFormats: false,
    allErrors: true,
    // The client makes the messages, from keyword and params.
    messages: false,
    // A key such as "constructor" must not be found on the prototype.
    ownProperties: true,
    code: { source: true, esm: true, lines: true },
  });
  // Ajv notes which properties it has evaluated, for keywords that nearly no description uses. Its code for that is large, and
  // throws where patternProperties stand beside anyOf.
  if (!keywords.some((name) => name.startsWith("unevaluated"))) ajv.opts.unevaluated = false;
  // Neither these nor extensions refuse anything.
  ajv.addVocabulary([...openApiKeywords, ...keywords.filter((name) => name.startsWith("x-"))]);
  ajv.addSchema({ $id: "description", operations: schemas });
  const exports: Record<string, string> = {};
  for (const [operationId, parts] of Object.entries(schemas)) {
    for (const part of Object.keys(parts))
      exports[`${operationId}_${part}`] = `description#/operations/${operationId}/${part}`;
  }
  try {
    const code = await withoutRequire(standaloneCode(ajv, exports));
    const words = { messages: messagesFor(code), patternWords: patternWords(allSchemas) };
    return [code, exportMap(schemas), ...Object.entries(words).map(constant)].join("");
  } catch (error) {
    throw new Problem(`The validators cannot be made: ${(error as Error).message}`, { cause: error });
  }
}

/** Keywords that OpenAPI adds to JSON Schema, and that of the schema which holds all others. */
const openApiKeywords = ["example", "discriminator", "xml", "externalDocs", "operations"];

/** The schemas of an operation's input, as the client takes it, and of its successful response body. */
function schemasOf(operation: Operation) {
  const { parameters, requestBody, success } = operation;
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  const properties: Record<string, Schema> = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  if (requestBody) {
    const body = flatBody(operation);
    if (body) {
      required.push(...(body.required ?? []));
      Object.assign(properties, body.properties);
    } else {
      if (requestBody.required) required.push("body");
      properties.body = requestBody.schema;
    }
  }
  const input: Schema = { type: "object", required, properties, additionalProperties: false };
  return success?.body ? { input, success: success.body.schema } : { input };
}

function constant([name, value]: [string, object]): string {
  return `export const ${name} = ${JSON.stringify(value, null, 2)};\n`;
}

function exportMap(schemas: Record<string, object>): string {
  const entries = Object.entries(schemas).map(([operationId, parts]) => {
    const members = Object.keys(parts).map((part) => `${part}: ${operationId}_${part}`);
    return `  ${operationId}: { ${members.join(", ")} },\n`;
  });
  return `export const validators = {\n${entries.join("")}};\n`;
}

/** Ajv's ES modules still require their helpers, which browsers cannot: the bundle holds them instead. */
async function withoutRequire(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: "js" },
    bundle: true,
    alias: { "ajv/dist/runtime/equal": fileURLToPath(new URL("json-equal.ts", import.meta.url)) },
    absWorkingDir: root,
    write: false,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    logLevel: "silent",
  });
  const text = outputFiles[0]?.text ?? "";
  return (
    text
      // Remove the export of esbuild: `exportMap()` writes it.
      .replace(/export \{[^}]*\};\n/, "")
      // Remove comments with paths, which differ between machines.
      .replace(/^\/\/ .*\n/gm, "")
      // Remove `x.code = 'require…'`, which Ajv needs only while generating.
      .replace(/^ *\w+\.code = 'require.*\n/gm, "")
  );
}
