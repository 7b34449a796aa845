import type { CatalogueOperation } from "../../generated/catalogue.js";
import { tokenHeader } from "../../generated/operations.js";
import { operationsById } from "./answers.js";
import { createCore } from "./mock.js";
import type { Incoming } from "./outcome.js";

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
  const core = createCore({ stateless: true }, { url: () => "", close: async () => {} });
  for (let round = 0; round < rounds; round++) {
    for (const operation of operationsById.values()) {
      const { end } = await core.exchange(documentedRequest(operation));
      end();
    }
  }
}

function documentedRequest({ method, exampleTarget, requestBody }: CatalogueOperation): Incoming {
  const headers = { [tokenHeader.toLowerCase()]: "any", ...(requestBody && { "content-type": requestBody.mediaType }) };
  const readBody = () => bytesOf(requestBody?.examples[0]?.value);
  return { method, target: exampleTarget, headers, readBody, signal: new AbortController().signal };
}

async function* bytesOf(value: unknown): AsyncGenerator<Uint8Array, void, void> {
  if (value !== undefined) yield Buffer.from(JSON.stringify(value));
}
