import { randomBytes } from "node:crypto";

/** A text of the same form with other ids: each run of hexadecimal digits is another. */
export function freshText(text: string): string {
  return text.replace(/[0-9a-f]{4,}/g, (run) => randomBytes(run.length).toString("hex").slice(0, run.length));
}

/** A documented body with other ids of the same form. */
export function freshBody(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === "string" ? freshText(value) : value]),
  );
}
