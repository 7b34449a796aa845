import type { ApiBody } from "../../description/operations.js";

/**
 * What the examples of a body lack, a sentence each.
 * @param of what they are examples of, if the place does not say it
 */
export function incompleteExamples({ examples }: ApiBody, of = ""): string[] {
  return examples.flatMap(([name, example]) => [
    ...(example.summary ? [] : [`the example ${name}${of} has no summary. The pages show it: add one.`]),
    ...("value" in example ? [] : [`the example ${name}${of} has no value. The pages and the mock show it: add one.`]),
  ]);
}
