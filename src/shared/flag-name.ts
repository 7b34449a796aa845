/** The names of the flags that the commands have by themselves. An input of one of these names gets a prefix. */
const reservedFlags = [
  "region",
  "base-url",
  "project-id",
  "auth",
  "token-file",
  "timeout",
  "retries",
  "dry-run",
  "output",
  "verbose",
  "body",
  "help",
  "version",
] as const;

/** The name of a flag that the commands have by themselves. */
export type ReservedFlag = (typeof reservedFlags)[number];

/** The parameter that every command has a flag of its own for. */
export const projectParameter = "project_id";

/** The flag of an option of the library, such as `name-prefix` for `namePrefix`. */
export function optionFlagName(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/**
 * The flag of a parameter or a property: the words of the wire with hyphens. A header such as `X-Language` is in lower case: its
 * name has hyphens already, and means the same in any case.
 */
export function flagName(wireName: string): string {
  const name = wireName.includes("-") ? wireName.toLowerCase() : wireName.replaceAll("_", "-");
  if (wireName === projectParameter) return name;
  return reservedFlags.some((own) => own === name) ? `input-${name}` : name;
}
