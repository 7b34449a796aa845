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

/**
 * The reply that the header Prefer asks for: `code=400, example=DBS.201214`. Unknown preferences are ignored, as
 * RFC 7240 says, unless they look like a slip of one of ours.
 * @returns undefined where the header has none of ours
 * @throws {TypeError} that says what is possible
 */
export function preferredReply(operation: CatalogueOperation, header: string | undefined): Reply | undefined {
  if (!header) return undefined;
  const reply: Record<string, unknown> = {};
  for (const [written, value] of preferencesOf(header)) {
    const name = written.toLowerCase();
    const key = Object.hasOwn(ours, name) ? ours[name] : undefined;
    if (key !== undefined) {
      // Of a preference that is given twice, RFC 7240 says that the first counts.
      if (!Object.hasOwn(reply, key)) reply[key] = typed(key, value);
      continue;
    }
    const meant = nearest(name, Object.keys(ours));
    if (meant !== undefined) throw new TypeError(`no preference ${JSON.stringify(written)}. Did you mean ${meant}?`);
  }
  return Object.keys(reply).length === 0 ? undefined : checkReply(operation, reply);
}

function typed(key: keyof Reply, value: string): unknown {
  if (key === "status" || key === "delay") return value === "" ? Number.NaN : Number(value);
  if (key !== "html" && key !== "done") return value;
  if (value === "" || value === "true") return true;
  return value === "false" ? false : value;
}

/** Names and values. Preferences are separated by commas, their parameters by semicolons; a quoted value may hold both. */
function preferencesOf(header: string): [name: string, value: string][] {
  const found: [string, string][] = [];
  for (const part of splitOutsideQuotes(header)) {
    const at = part.indexOf("=");
    const name = (at < 0 ? part : part.slice(0, at)).trim();
    const value = at < 0 ? "" : part.slice(at + 1).trim();
    if (name !== "") found.push([name, unquoted(value)]);
  }
  return found;
}

function splitOutsideQuotes(text: string): string[] {
  const parts = [""];
  let quoted = false;
  let escaped = false;
  for (const character of text) {
    if (!quoted && (character === "," || character === ";")) {
      parts.push("");
      continue;
    }
    if (character === '"' && !escaped) quoted = !quoted;
    escaped = quoted && character === "\\" && !escaped;
    parts.push(parts.pop() + character);
  }
  return parts;
}

function unquoted(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return value.slice(1, -1).replace(/\\(.)/g, "$1");
}
