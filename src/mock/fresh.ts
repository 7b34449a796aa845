import { randomBytes } from "node:crypto";

/** A text of the same form with other ids: each run of hexadecimal digits is another. */
export function freshText(text: string): string {
  return text.replace(/[0-9a-f]{4,}/g, (run) => digits(run.length));
}

let pool = "";

/** Random hexadecimal digits, from a supply, since each request for random bytes costs more than the bytes. */
function digits(count: number): string {
  while (pool.length < count) pool += randomBytes(2048).toString("hex");
  const taken = pool.slice(0, count);
  pool = pool.slice(count);
  return taken;
}

/** A documented body with other ids of the same form. */
export function freshBody(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === "string" ? freshText(value) : value]),
  );
}
