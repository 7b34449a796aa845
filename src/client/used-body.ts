import { apiError } from "./api-error.js";
import type { Call } from "./call.js";
import type { GeminiDBError } from "./errors.js";
import { withUrl } from "./redacted-response.js";
import { unexpectedBody } from "./unexpected-response.js";

/** A middleware has read the body of a response, so that openapi-fetch cannot read it any more. */
export class BodyUsed extends Error {
  constructor(readonly response: Response) {
    super("a middleware has read its body: let it read a clone of the response");
  }
}

/**
 * The same response with a body that throws a `BodyUsed` when it is read, in place of the bare TypeError of the runtime.
 * openapi-fetch does not read every body, such as that of a response to HEAD.
 */
export function withUsedBody(response: Response): Response {
  const { status, statusText, headers, url } = response;
  const body = new ReadableStream({ start: (controller) => controller.error(new BodyUsed(response)) });
  return withUrl(new Response(body, { status, statusText, headers }), url);
}

/** What the call ends with when openapi-fetch has read such a body. What a failure of the service says is known all the same. */
export function usedBodyError({ message, response }: BodyUsed, call: Call): GeminiDBError {
  const failure = call.failureIn(response);
  return failure ? apiError(failure, call, response) : unexpectedBody(response.status, message, undefined, call);
}
