import { operations } from "./answers.js";
import { createMock } from "./mock.js";

/** How often each documented request is answered before the mock is ready. */
const rounds = 3;

let warm: Promise<void> | undefined;

/**
 * Answers the documented requests a few times, once in a process, so that the first answer of a mock is as fast as the
 * tenth: schemas are compiled and code is loaded by then.
 */
export function warmUp(): Promise<void> {
  warm ??= answerDocumentedRequests();
  return warm;
}

async function answerDocumentedRequests(): Promise<void> {
  const mock = createMock({ stateless: true });
  for (let round = 0; round < rounds; round++) {
    for (const { method, path, parameters, requestBody } of operations.values()) {
      const filled = path.replace(/\{(\w+)\}/g, (_, wanted: string) => {
        const example = parameters.find(({ name }) => name === wanted)?.example;
        return encodeURIComponent(String(example));
      });
      const body = requestBody && JSON.stringify(requestBody.examples.at(-1)?.value);
      const headers = { "x-auth-token": "any", ...(requestBody && { "content-type": requestBody.mediaType }) };
      await mock.fetch(mock.url + filled, { method, headers, ...(body !== undefined && { body }) });
    }
  }
}
