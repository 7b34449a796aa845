import { build } from "esbuild";
import { Problem, root } from "../redocly.js";
import { operationsOf, resolve, type Schema, type Spec } from "./description.js";
import * as keywords from "./keywords.js";
import { isFlat } from "./operations.js";

/** The generated validators: for each operation its input and the body of its success. */
export async function validators(spec: Spec): Promise<string> {
  const { write, used, constants } = writer(spec);
  const operations = partsOf(spec).map(([id, parts]) => {
    const checks = Object.entries(parts).map(([part, schema]) => `${part}: check(${write(schema, `${id} ${part}`)})`);
    return `${id}: { ${checks.join(", ")} }`;
  });
  const code = `
import { check, ${[...used].map((name) => `${name} as ${name}Rule`).join(", ")} } from "./src/generate/keywords.ts";
${constants.join("\n")}
export const validators = { ${operations.join(",\n")} };`;
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: "js" },
    bundle: true,
    absWorkingDir: root,
    write: false,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}

export const validatorTypes = `import type { OperationId } from "./operations.js";
/** Gives every reason why a value does not fit; none if it does. */
export type Validator = (value: unknown) => { path: string; keyword: string; message: string }[];
/** What is checked of each operation: its input, which is one object, and the body of its success. */
export declare const validators: Readonly<Record<OperationId, { readonly input: Validator; readonly success?: Validator }>>;
`;

/** What is checked of each operation, as one schema each. */
function partsOf(spec: Spec): [id: string, parts: Record<string, Schema>][] {
  return operationsOf(spec).map(({ operation, parameters, requestBody, responses }) => {
    const body = requestBody && resolve<Schema>(spec, requestBody.content.schema);
    const needed = parameters.filter(({ required }) => required).map(({ name }) => name);
    const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
    const input = !body
      ? { required: needed, properties }
      : isFlat(body)
        ? {
            ...body,
            required: [...needed, ...(body.required ?? [])],
            properties: { ...properties, ...body.properties },
          }
        : {
            required: requestBody.required ? [...needed, "body"] : needed,
            properties: { ...properties, body: requestBody.content.schema },
          };
    const success = responses.find(({ status }) => status.startsWith("2"))?.content;
    return [
      operation.operationId,
      { input: { additionalProperties: false, ...input }, ...(success && { success: success.schema }) },
    ];
  });
}

/** Keywords that tell people something and refuse nothing. */
const silent =
  /^(x-.*|\$comment|title|description|default|examples?|deprecated|readOnly|writeOnly|format|content\w+|discriminator|xml|externalDocs)$/;
/** Writes schemas as JavaScript, with their references followed and without what refuses nothing. */
function writer(spec: Spec) {
  const used = new Set<string>();
  /** Schemas that hold themselves: reference → constant. */
  const recursive = new Map<string, string>();
  const constants: string[] = [];
  return { write, used, constants };

  /** A list of rules. */
  function write(schema: Schema | boolean, where: string, above: string[] = []): string {
    if (typeof schema === "boolean") return schema ? "[]" : write({ not: {} }, where);
    const { $ref, ...rest } = schema;
    const rules = Object.keys(rest)
      .filter((keyword) => !silent.test(keyword) && !isTaken(keyword, rest))
      .map((keyword) => rule(keyword, rest, where, above));
    if (!$ref) return `[${rules.join(", ")}]`;
    const target = reference($ref, where, above);
    return rules.length ? `[...${target}, ${rules.join(", ")}]` : target;
  }

  function reference($ref: string, where: string, above: string[]): string {
    if (!above.includes($ref)) {
      const text = write(resolve<Schema>(spec, { $ref }), where, [...above, $ref]);
      const name = recursive.get($ref);
      if (!name) return text;
      constants.push(`const ${name} = ${text};`);
    }
    recursive.set($ref, recursive.get($ref) ?? `schema${recursive.size}`);
    return `[${call("$ref", `() => ${recursive.get($ref)}`)}]`;
  }

  function call(name: string, ...parameters: string[]): string {
    used.add(name);
    return `${name}Rule(${parameters.join(", ")})`;
  }

  /** @throws {Problem} at a keyword that the client could not check, in place of leaving it unchecked */
  function rule(keyword: string, schema: Schema, where: string, above: string[]): string {
    const value = schema[keyword];
    const inner = (one: unknown) => write(one as Schema, where, above);
    const list = (schemas: unknown) => `[${(schemas as Schema[]).map(inner).join(", ")}]`;
    const map = (schemas: unknown) =>
      `{ ${Object.entries(Object(schemas)).map(([name, one]) => `[${JSON.stringify(name)}]: ${write(one as Schema, `${where} ${name}`, above)}`)} }`;
    switch (keyword) {
      case "type":
        return call(/number|integer/.test(String(value)) ? "numericType" : keyword, JSON.stringify([value].flat()));
      case "pattern":
        return call(keyword, expression(String(value), where), ...inWords(schema.description));
      case "additionalProperties": {
        const known = JSON.stringify(Object.keys(schema.properties ?? {}));
        const sources = JSON.stringify(Object.keys(Object(schema.patternProperties)));
        return call(keyword, value === false ? "false" : inner(value), known, sources);
      }
      case "properties":
        return call(keyword, map(value), ...(isClosed(schema) ? ["true"] : []));
      case "patternProperties":
      case "dependentSchemas":
        return call(keyword, map(value));
      case "allOf":
      case "anyOf":
      case "oneOf":
        return call(keyword, list(value));
      case "prefixItems":
        return call(keyword, list(value), inner(schema.items ?? {}));
      case "contains":
        return call(keyword, inner(value), JSON.stringify(schema, ["minContains", "maxContains"]));
      case "if": {
        const branches = Object.entries(schema).filter(([name]) => /^(then|else)$/.test(name));
        return call(keyword, inner(value), map(Object.fromEntries(branches)));
      }
      case "items":
      case "not":
      case "propertyNames":
        return call(keyword, inner(value));
    }
    if (!Object.hasOwn(keywords, keyword))
      throw new Problem(`${where}: the client cannot check the keyword "${keyword}" (src/generate/keywords.ts).`);
    return call(keyword, literal(value));
  }
}

/** A value as JavaScript has it. Where a key is `__proto__`, a literal would mean something else. */
function literal(value: unknown): string {
  const text = JSON.stringify(value);
  return text.includes('"__proto__"') ? `JSON.parse(${JSON.stringify(text)})` : text;
}

/** Whether another keyword of the schema takes this one along. */
function isTaken(keyword: string, schema: Schema): boolean {
  if (keyword === "items") return schema.prefixItems !== undefined;
  if (keyword === "additionalProperties") return isClosed(schema);
  return /^(then|else|minContains|maxContains)$/.test(keyword);
}

/** Whether a schema knows its properties, and refuses others. */
function isClosed({ properties, patternProperties, additionalProperties }: Schema): boolean {
  return additionalProperties === false && properties !== undefined && patternProperties === undefined;
}

/** A pattern as JavaScript has it. */
function expression(pattern: string, where: string): string {
  try {
    return String(new RegExp(pattern, "u"));
  } catch (error) {
    throw new Problem(`${where}: ${(error as Error).message}`, { cause: error });
  }
}

/** What a pattern allows, for whoever gets it wrong: the first sentence of the description, behind what it names. */
function inWords(description = ""): string[] {
  const [sentence = ""] = description.replace(/\s+/g, " ").split(/(?<=\.) /);
  const words = sentence
    .replace(/^[^:]*: /, "")
    .replace(/`([\w-])`/g, "$1")
    .replace(/\.?\s*$/, "");
  return words ? [JSON.stringify(words)] : [];
}
