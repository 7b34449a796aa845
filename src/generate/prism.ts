import { createRequire } from "node:module";
import { mapKeywordObjects } from "../description/keywords.js";
import type { Spec } from "../description/spec.js";

/**
 * `generated/prism.json`: the operations in the form that Prism's validators take, made by the parser that Prism itself
 * uses. Parsing takes longer than anything else that the mock does at its start, so it is done here.
 */
export function prismOperations(spec: Spec): string {
  // Prism's own dependencies are found from where Prism is, whether or not the package manager hoists them.
  const fromPrism = createRequire(createRequire(import.meta.url).resolve("@stoplight/prism-http"));
  const { transformOas3Operations } = fromPrism("@stoplight/http-spec/oas3/operation");
  const { bundleTarget } = fromPrism("@stoplight/json");
  // Bundling rewrites references, so each operation needs a copy of the document.
  const operations: unknown[] = transformOas3Operations(spec).map((operation: PrismOperation) =>
    bundleTarget({ document: { ...spec, __target__: exploded(operation) }, path: "#/__target__", cloneDocument: true }),
  );
  return `${JSON.stringify(withoutAnnotations(operations), null, 2)}\n`;
}

interface PrismOperation {
  request?: { query?: object[] };
}

/** In OpenAPI, `explode` is true by default for an array in the query (`a=1&a=2`). Prism needs it stated. */
function exploded(operation: PrismOperation): PrismOperation {
  const { request } = operation;
  if (!request?.query) return operation;
  return { ...operation, request: { ...request, query: request.query.map((one) => ({ ...one, explode: true })) } };
}

/** Examples would be half of the file, and Prism would check a format, which in OpenAPI 3.1 is a hint for people. */
function withoutAnnotations(operations: unknown[]): unknown {
  return mapKeywordObjects(operations, (object) => {
    const kept = Object.entries(object).filter(([key, value]) => {
      const isExamples = key === "examples" && Array.isArray(value);
      const isFormat = key === "format" && typeof value === "string";
      return !isExamples && !isFormat;
    });
    return Object.fromEntries(kept);
  });
}
