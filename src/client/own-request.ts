import { reasonOf } from "./untrusted.js";

/** The bodies of the requests that openapi-fetch made. */
const knownBodies = new WeakMap<Request, string | null>();

/** The body of a request that openapi-fetch made, null where it has none. Undefined for one that a middleware made. */
export function knownBodyOf(request: Request): string | null | undefined {
  return knownBodies.get(request);
}

/** The runtime makes no request of what openapi-fetch gives it, such as options that it does not know. */
export class ImpossibleRequest extends Error {}

let ownRequest: typeof Request | undefined;

/**
 * The class of the requests that openapi-fetch makes for us. A body can be read once only, and reading it takes time, so the
 * text that it is made of is kept beside it. The class is made when the first client is, because Node takes many milliseconds to
 * load `Request`.
 */
export function ownRequestClass(): typeof Request {
  ownRequest ??= class extends Request {
    constructor(input: RequestInfo | URL, init: RequestInit = {}) {
      try {
        // Without `duplex`, the runtime refuses a body that is a stream.
        super(input, { duplex: "half", ...init } as RequestInit);
      } catch (error) {
        throw new ImpossibleRequest(`no request can be made: ${reasonOf(error)}`);
      }
      const body = init.body ?? null;
      // A copy of another request has the body of that one, which is not known here.
      const isCopy = body === null && input instanceof Request;
      if (!isCopy && (body === null || typeof body === "string")) knownBodies.set(this, body);
    }

    /** openapi-fetch asks with this class whether a middleware gave a request. Any request will do. */
    static override [Symbol.hasInstance](value: unknown): boolean {
      return value instanceof Request;
    }
  };
  return ownRequest;
}
