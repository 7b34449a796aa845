import type { CatalogueOperation } from "../../generated/catalogue.js";
import { nearest } from "../client/names.js";
import { checkReply, type Reply } from "./reply.js";

/** The preferences that are ours, by what they set in a reply. `code` is Prism's name for the status. */
const ours: Readonly<Record<string, keyof Reply>> = {
  code: "status",
  status: "status",
  example: "example",
  html: "html",
  delay: "delay",
  retryafter: "retryAfter",
  fault: "fault",
  done: "done",
};

/** The keys of a reply that say for which requests it is, and for how many. */
const ofTheQueue: ReadonlySet<string> = new Set<keyof Reply>(["times", "when"]);

/**
 * The reply that the header Prefer asks for: `code=400, example=DBS.201214`. Unknown preferences are ignored, as
 * RFC 7240 says, unless they look like a slip of one of ours.
 * @returns undefined where the header has none of ours
 * @throws {TypeError} that says what is possible
 */
export function preferredReply(operation: CatalogueOperation, header: string | undefined): Reply | undefined {
  if (!header) return undefined;
  const reply: Record<string, unknown> = {};
  for (const [preference, ...parameters] of preferencesOf(header)) {
    // The parameters of another program's preference are not ours, whatever they are called.
    if (!isOurs(preference)) continue;
    for (const { name, value } of [preference, ...parameters.filter(isOurs)]) {
      const key = ours[name.toLowerCase()];
      // Of a preference that is given twice, RFC 7240 says that the first counts.
      if (key !== undefined && !Object.hasOwn(reply, key)) reply[key] = typed(key, value);
    }
  }
  return Object.keys(reply).length === 0 ? undefined : checkReply(operation, reply);
}

/** @throws {TypeError} where a name looks like a slip of one of ours, or only makes sense in a reply that is queued */
function isOurs({ name: written }: Preference): boolean {
  const name = written.toLowerCase();
  if (Object.hasOwn(ours, name)) return true;
  if (ofTheQueue.has(name)) {
    throw new TypeError(
      `the header Prefer takes no ${name}, because a header answers the one request that has it. Queue such a reply instead`,
    );
  }
  // Another program's preference may be a short word that differs from ours in one letter, such as `node`.
  const meant = nearest(
    name,
    Object.keys(ours).filter((one) => one[0] === name[0]),
  );
  if (meant !== undefined) throw new TypeError(`no preference ${JSON.stringify(written)}. Did you mean ${meant}?`);
  return false;
}

function typed(key: keyof Reply, value: string): unknown {
  if (key === "status" || key === "delay") {
    // A value that is not a number is shown as it was written.
    return /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  }
  if (key !== "html" && key !== "done") return value;
  if (value === "" || value === "true") return true;
  return value === "false" ? false : value;
}

interface Preference {
  readonly name: string;
  readonly value: string;
}

/**
 * Each preference, followed by its parameters. Preferences are separated by commas, parameters by semicolons; a quoted value
 * may hold both.
 * @throws {TypeError} where a quote does not close
 */
function preferencesOf(header: string): [Preference, ...Preference[]][] {
  return splitOutsideQuotes(header, ",").map((preference) => {
    const [first = "", ...parameters] = splitOutsideQuotes(preference, ";");
    return [preferenceOf(first), ...parameters.map(preferenceOf)];
  });
}

function preferenceOf(text: string): Preference {
  const at = text.indexOf("=");
  if (at < 0) return { name: text.trim(), value: "" };
  return { name: text.slice(0, at).trim(), value: unquoted(text.slice(at + 1).trim()) };
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [""];
  let quoted = false;
  let escaped = false;
  for (const character of text) {
    if (!quoted && character === separator) {
      parts.push("");
      continue;
    }
    if (character === '"' && !escaped) quoted = !quoted;
    escaped = quoted && character === "\\" && !escaped;
    parts.push(parts.pop() + character);
  }
  if (quoted) throw new TypeError("the header Prefer has a quote that does not close");
  return parts;
}

function unquoted(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replace(/\\(.)/g, "$1");
}
