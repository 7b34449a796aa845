import { defaults } from "../client/options.js";
import type { ReservedFlag } from "../shared/flag-name.js";
import { type Flag, filePlaceholder } from "./flag.js";

/** The flags of every command that calls the service. */
export const commonFlags: readonly (Flag & { readonly name: ReservedFlag })[] = [
  { name: "region", placeholder: "REGION", about: "the region of the instance; it gives the host" },
  {
    name: "base-url",
    placeholder: "URL",
    about: "the URL of the service in place of the region's, such as that of the mock; default: GEMINIDB_URL",
  },
  { name: "project-id", placeholder: "ID", about: "the ID of the project in that region" },
  { name: "auth", placeholder: "SOURCE", about: "where the credentials come from: environment (default) or instance" },
  { name: "token-file", placeholder: filePlaceholder, about: "a file with a token, which only its owner may read" },
  { name: "timeout", placeholder: "MS", about: `milliseconds for one attempt; default: ${defaults.timeout}` },
  {
    name: "retries",
    placeholder: "N",
    about: `how many times a failed call is retried, where that is safe; default: ${defaults.retries}`,
  },
  { name: "dry-run", about: "show what would be done, and send nothing; needs no credentials" },
  { name: "output", placeholder: "FORMAT", about: "json (default), on one line, or text" },
  { name: "verbose", about: "report attempts, waits and request IDs on standard error" },
];
