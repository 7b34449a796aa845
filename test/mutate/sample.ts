import fc from "fast-check";

/** Some items of a list, each once. The same seed chooses the same ones. */
export function sample<T>(all: readonly T[], count: number, seed: number): T[] {
  const size = Math.min(count, all.length);
  const [chosen = []] = fc.sample(fc.shuffledSubarray([...all], { minLength: size, maxLength: size }), {
    seed,
    numRuns: 1,
  });
  return chosen;
}
