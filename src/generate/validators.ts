import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneModule from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { operationsOf, type Schema, type Spec } from "../spec.js";
import { Problem, root } from "./redocly.js";

/** The generated validators: for each operation its parameters, its request body and the body of its success. */
export async function validators(spec: Spec): Promise<string> {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    inlineRefs: true,
    code: { source: true, esm: true, lines: false, optimize: 2 },
  });
  // What only schemas with these keywords need would be in every validator otherwise.
  const text = JSON.stringify(spec);
  Object.assign(ajv.opts, { dynamicRef: text.includes('"$dynamicRef"'), unevaluated: text.includes('"unevaluated') });
  const names: string[] = [];
  const add = (name: string, schema: Schema) => {
    // References start at the root of the bundle, so its components travel along.
    ajv.addSchema({ $ref: `#/schema`, schema, components: spec.components }, name);
    names.push(name);
  };
  for (const { operation, parameters, requestBody, responses } of operationsOf(spec)) {
    const id = operation.operationId;
    add(`${id}_parameters`, {
      type: "object",
      properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
      required: parameters.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    });
    if (requestBody) add(`${id}_body`, requestBody.content.schema);
    const success = responses.find(({ status }) => status.startsWith("2"))?.content;
    if (success) add(`${id}_success`, success.schema);
  }
  const { default: standalone } = standaloneModule as unknown as { default: typeof standaloneModule.default };
  let code: string;
  try {
    code = standalone(ajv, Object.fromEntries(names.map((name) => [name, name])));
  } catch (error) {
    throw new Problem(`A schema does not compile: ${(error as Error).message}`, { cause: error });
  }
  // Where in the schema a rule stands is of no use to a caller, and a third of the code.
  code = code.replace(/schemaPath: ?"(?:[^"\\]|\\.)*", ?/g, "").replace(/schemaPath:"(?:[^"\\]|\\.)*",/g, "");
  // Ajv's module still asks for its helpers with require(): bundling puts them in, so that it runs anywhere.
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root, loader: "js" },
    bundle: true,
    // The same paths in its comments, wherever the packages really are.
    absWorkingDir: root,
    preserveSymlinks: true,
    write: false,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
    logLevel: "silent",
  });
  // What Ajv's helpers say of themselves to its code generator.
  return (outputFiles[0]?.text ?? "").replace(/^ *\w+\.code = 'require\(.*\n/gm, "");
}

export function validatorTypes(spec: Spec): string {
  const lines = operationsOf(spec).flatMap(({ operation, requestBody, responses }) => [
    `export declare const ${operation.operationId}_parameters: Validator;`,
    ...(requestBody ? [`export declare const ${operation.operationId}_body: Validator;`] : []),
    ...(responses.some(({ status, content }) => status.startsWith("2") && content)
      ? [`export declare const ${operation.operationId}_success: Validator;`]
      : []),
  ]);
  return `/** Tells whether a value fits a schema; if not, \`errors\` holds every reason until the next call. */
export interface Validator {
  (value: unknown): boolean;
  errors?: Violation[] | null;
}
export interface Violation {
  /** JSON Pointer to the value that does not fit. */
  instancePath: string;
  keyword: string;
  params: Record<string, unknown>;
  message?: string;
}
${lines.join("\n")}
`;
}
