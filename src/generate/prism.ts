import { createRequire } from "node:module";
import type { Spec } from "./description.js";

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
  const operations: unknown[] = transformOas3Operations(spec).map((operation: unknown) =>
    bundleTarget({ document: { ...spec, __target__: operation }, path: "#/__target__", cloneDocument: true }),
  );
  return `${JSON.stringify(operations, withoutExamples, 2)}\n`;
}

/** The validators read schemas only. Examples would be half of the file. */
function withoutExamples(key: string, value: unknown): unknown {
  return key === "examples" && Array.isArray(value) ? undefined : value;
}
