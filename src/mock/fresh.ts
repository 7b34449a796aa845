import { randomBytes } from "node:crypto";

/** A text of the same form with other IDs: a UUID, or 16 hexadecimal digits and more. Dates and most numbers are shorter. */
export function freshText(text: string): string {
  const randomId = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,}/g;
  return text.replace(randomId, (id) => id.replace(/[0-9a-f]+/g, (run) => digits(run.length)));
}

let pool = "";

/** Random hexadecimal digits. They are taken from a pool, because each call of `randomBytes` is slow, however few bytes it gives. */
function digits(count: number): string {
  while (pool.length < count) pool += randomBytes(2048).toString("hex");
  const taken = pool.slice(0, count);
  pool = pool.slice(count);
  return taken;
}

/** A documented body with other IDs of the same form; undefined for a response without a body. */
export function freshBody(body: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> | undefined {
  if (!body) return undefined;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === "string" ? freshText(value) : value]),
  );
}
