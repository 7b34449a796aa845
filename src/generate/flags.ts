/** The flags that the commands have by themselves. An input of one of these names gets a prefix. */
const ownFlags = [
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
];

/** The flag of a parameter or a property, as the command makes it: see src/cli/flags.ts. */
export function flagName(wireName: string): string {
  const name = wireName.includes("-") ? wireName.toLowerCase() : wireName.replaceAll("_", "-");
  if (wireName === "project_id") return name;
  return ownFlags.includes(name) ? `input-${name}` : name;
}
