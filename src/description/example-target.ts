import type { Operation } from "./operations.js";

/** Path and query of a documented request: each required parameter with its example. */
export function exampleTarget({ path, parameters }: Operation): string {
  const filled = path.replace(/\{([^{}]+)\}/g, (_, wanted: string) => {
    const parameter = parameters.find(({ name }) => name === wanted);
    return encodeURIComponent(String(parameter?.example ?? wanted));
  });
  const query = new URLSearchParams();
  for (const { name, in: place, required, example } of parameters) {
    if (place !== "query" || !required) continue;
    // A list repeats the name for each item.
    for (const item of [example].flat()) query.append(name, String(item));
  }
  return query.size > 0 ? `${filled}?${query}` : filled;
}
