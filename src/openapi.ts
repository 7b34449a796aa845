/** What a reference such as `#/components/examples/busy` leads to: it may be a reference itself, or undefined if there is nothing. */
export function resolvePointer(document: object, reference: string): unknown {
  const keys = reference
    .split("/")
    .slice(1)
    .map((key) => decodeURIComponent(key).replaceAll("~1", "/").replaceAll("~0", "~"));
  return keys.reduce<unknown>((node, key) => Object(node)[key], document);
}

/** The parameters of a path and of its operation. That of the operation replaces one with the same name and place. */
export function mergedParameters<Parameter extends { in: string; name: string }>(
  ofPath: readonly Parameter[],
  ofOperation: readonly Parameter[],
): Parameter[] {
  const all = [...ofPath, ...ofOperation];
  return [...new Map(all.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()];
}

/** Examples of a request in the order in which the page and the reference show them: the simplest first. */
export function simplestFirst<One>(examples: readonly One[], contentOf: (example: One) => unknown): One[] {
  const size = (example: One) => JSON.stringify(contentOf(example)).length;
  return examples.toSorted((a, b) => size(a) - size(b));
}
