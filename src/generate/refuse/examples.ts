import { type Example, type MediaType, resolve, type Spec } from "../description.js";

/**
 * What the examples of a body lack, a sentence each.
 * @param of what they are examples of, if the place does not say it
 */
export function incompleteExamples(spec: Spec, { examples = {} }: MediaType, of = ""): string[] {
  return Object.entries(examples).flatMap(([name, reference]) => {
    const example = resolve<Example>(spec, reference);
    return [
      ...(example.summary ? [] : [`the example ${name}${of} has no summary. The pages show it: add one.`]),
      ...("value" in example
        ? []
        : [`the example ${name}${of} has no value. The pages and the mock show it: add one.`]),
    ];
  });
}
