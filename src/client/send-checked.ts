import type { Call } from "./call.js";
import { segmentRule } from "./input.js";
import { prepareRequest } from "./outgoing.js";
import { queryOf } from "./query.js";
import { encodeSegment, findRoute, isSafePath, withoutQuery } from "./route.js";
import { sendWithRetries } from "./transport.js";

/** Sends a request, if it is still the one of the call after the middleware. */
export async function sendChecked(request: Request, path: string, call: Call, project_id: unknown): Promise<Response> {
  const { baseUrl } = call.config;
  call.secrets.addSuspects(request.headers);
  call.secrets.addSuspects(queryOf(request.url));
  if (!request.url.startsWith(`${baseUrl}/`))
    throw call.notSentError("a middleware changed the URL to one outside of baseUrl");
  const sentPath = request.url.slice(baseUrl.length);
  if (!isSafePath(sentPath)) throw call.notSentError(`a middleware changed the path: each segment ${segmentRule}`);
  const expected = findRoute(call.method, path);
  const found = findRoute(request.method, sentPath);
  const isOther = request.method !== call.method || (expected && expected.operationId !== found?.operationId);
  if (isOther) {
    throw call.notSentError(`a middleware made it another request: ${request.method} ${withoutQuery(sentPath)}`);
  }
  const project = found?.parameters.project_id ?? encodeSegment(project_id);
  return sendWithRetries(await prepareRequest(request, call, project), call);
}
