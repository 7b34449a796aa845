import type { Check } from "./option-checks.js";

/** A check for each option, by its name. */
export type Checks<Options> = { readonly [Name in keyof Options]-?: Check };

/**
 * Reads each option once, by its name, because an option may also come from a prototype or a getter, and checks it.
 * @returns the options that are given
 * @throws {TypeError} that names the option and what is allowed
 */
export function readOptions<Options extends object>(given: Options, checks: Checks<Options>): Partial<Options> {
  const options: Record<string, unknown> = {};
  for (const [name, check] of Object.entries<Check>(checks)) {
    const value: unknown = Reflect.get(given, name);
    if (value === undefined) continue;
    refuse(name, check(value));
    options[name] = value;
  }
  // TypeScript cannot know that each of them was checked.
  return options as Partial<Options>;
}

/** @throws {TypeError} where an option has a fault */
export function refuse(name: string, fault: string | undefined): void {
  if (fault) throw new TypeError(`option ${name} ${fault}`);
}
