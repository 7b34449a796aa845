import openapiTS, { astToString } from "openapi-typescript";
import type { Spec } from "../description/spec.js";

/** The TypeScript types of the spec, by openapi-typescript from the bundle in memory: it must not read redocly.yaml. */
export async function types(spec: Spec): Promise<string> {
  const nodes = await openapiTS(structuredClone(spec) as never, {
    silent: true,
    alphabetize: false,
    // A property with a default may be left out.
    defaultNonNullable: false,
  });
  // Editors show the text of a doc comment, but its @description only as one tag among others.
  return astToString(nodes).replaceAll("* @description ", "* ");
}
