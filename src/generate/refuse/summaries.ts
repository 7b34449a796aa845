import { type Example, type MediaType, resolve, type Spec } from "../description.js";

/** The names of those examples that have no summary, which is what the reference and the pages call an example by. */
export function examplesWithoutSummary(spec: Spec, { examples = {} }: MediaType): string[] {
  return Object.entries(examples)
    .filter(([, reference]) => !resolve<Example>(spec, reference).summary)
    .map(([name]) => name);
}
