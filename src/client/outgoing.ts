import { credentialHeaders } from "./auth/credential.js";
import type { Call } from "./call.js";
import { DeadlineExceeded, isAbortReason, withDeadline } from "./deadline.js";
import { connectionHeaders } from "./http.js";
import { knownBodyOf } from "./own-request.js";
import { isInstance, reasonOf } from "./untrusted.js";

/** What every attempt of a call sends, except for the credentials. */
export interface Outgoing {
  /** Gives the URL, the method, and whatever else a middleware has set. */
  request: Request;
  headers: Headers;
  body: string | null;
  /** The signal of a request that a middleware made. Ours have none. */
  signal: AbortSignal | undefined;
  project_id: string | undefined;
}

/** Prepares a request for its attempts. A middleware may have put its own in the place of ours. */
export async function prepareRequest(request: Request, call: Call, project_id: string | undefined): Promise<Outgoing> {
  const headers = new Headers(request.headers);
  // Credentials come from `auth` alone, and a signature must not travel beside a token.
  for (const name of credentialHeaders) headers.delete(name);
  const reserved = connectionHeaders.find((name) => headers.has(name));
  if (reserved) throw call.notSentError(`a middleware must not set the header ${reserved}: the runtime sets it`);
  const body = knownBodyOf(request);
  if (body !== undefined) return { request, headers, body, signal: undefined, project_id };
  return { request, headers, body: await textOf(request, call), signal: request.signal, project_id };
}

/**
 * The body of a request that a middleware made.
 * @throws {GeminiDBError} when the body is not text, since a signature is made over text, or when it does not end in time
 */
async function textOf(request: Request, call: Call): Promise<string | null> {
  const bytes = await readInTime(request, call);
  // Not every runtime tells a body that is empty from one that is not there, and some methods cannot have one.
  if (bytes.byteLength === 0) return request.method === "GET" || request.method === "HEAD" || !request.body ? null : "";
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw call.notSentError("the request body must be text in UTF-8");
  }
}

function readInTime(request: Request, call: Call): Promise<ArrayBuffer> {
  const signals = [call.signal, request.signal];
  return withDeadline(call.timeout, signals, () => request.arrayBuffer()).catch((thrown: unknown) => {
    if (isAbortReason(signals, thrown)) throw thrown;
    if (isInstance(thrown, DeadlineExceeded)) {
      throw call.notSentError(`the request body did not end within ${call.timeout} ms`);
    }
    throw call.notSentError(`the body of the request that a middleware gave cannot be read: ${reasonOf(thrown)}`);
  });
}
