import { isIdempotent } from "./http.js";
import type { Outgoing } from "./outgoing.js";

/** The body of a request, as `fetch` takes it. */
export function bodyInit({ body, request }: Outgoing): { body: BodyInit | null; duplex?: "half" } {
  if (!repeatsByItself || isIdempotent(request.method) || !mayConnect(request.url)) return { body };
  // A stream can be sent once only. Without `duplex`, fetch refuses it.
  return { body: new Blob([body ?? ""]).stream(), duplex: "half" };
}

/**
 * Deno sends a POST a second time by itself when a connection that was used before closes without an answer. That would
 * double a create, so its body is given in a form that can be sent once only. Browsers do the same, and nothing prevents it there.
 */
const repeatsByItself = "Deno" in globalThis;

/**
 * Whether Deno lets the program connect to a host. Where it does not, it would not end while a stream waits to be sent. Nor can a
 * connection have been used before.
 */
function mayConnect(url: string): boolean {
  const { permissions } = Reflect.get(globalThis, "Deno");
  return permissions.querySync({ name: "net", host: new URL(url).host }).state === "granted";
}
