import type { Spec } from "../../description/spec.js";

/** What the pages cannot show of the description as a whole, a sentence each. */
export function infoFaults({ info }: Spec): string[] {
  return (["summary", "description"] as const)
    .filter((key) => !info[key])
    .map((key) => `openapi/openapi.yaml: info has no ${key}, which the pages show. Add one.`);
}
