import { tokenHeader } from "../../generated/operations.js";
import { exampleTarget } from "../description/example-target.js";
import type { NamedExample, Operation } from "../description/operations.js";
import { curlParts } from "../shared/curl.js";
import { shellQuoted } from "../shared/shell.js";
import { curl } from "./languages.js";
import { inEveryLanguage, type Sample, type Samples } from "./samples.js";

/**
 * The samples of an operation: the files that are named after it, in every language. An operation that is new in the
 * description has no files yet, so that it costs no code: a call with curl is made for it.
 * @param example the documented request that the samples send, if the operation takes a request body
 * @throws {Problem} when there are files, but not in every language
 */
export function samplesOfOperation(
  samples: Samples,
  operation: Operation,
  example: NamedExample | undefined,
): readonly Sample[] {
  const { operationId } = operation;
  const isWritten = [...samples.keys()].some((stem) => stem === operationId || stem.startsWith(`${operationId}.`));
  if (!isWritten) return [curlSample(operation, example?.[1].value)];
  return inEveryLanguage(samples, example ? `${operationId}.${example[0]}` : operationId);
}

/** The simplest documented request of an operation, by name. */
export function simplestExample({ requestBody }: Operation): NamedExample | undefined {
  return requestBody?.examples[0];
}

/** The samples of that request, where only one can be shown. */
export function simplestSamples(operation: Operation, samples: Samples): readonly Sample[] {
  return samplesOfOperation(samples, operation, simplestExample(operation));
}

function curlSample(operation: Operation, body: unknown): Sample {
  const { method, parameters, requestBody } = operation;
  const headers = [`"${tokenHeader}: $GEMINIDB_TOKEN"`];
  for (const { name, in: place, required, example } of parameters) {
    if (place === "header" && required) headers.push(shellQuoted(`${name}: ${example}`));
  }
  if (requestBody) headers.push(`"Content-Type: ${requestBody.mediaType}"`);
  const request = {
    method,
    url: `"$GEMINIDB_URL${exampleTarget(operation)}"`,
    headers,
    body: requestBody && JSON.stringify(body ?? {}),
  };
  return { language: curl, source: curlParts(request).join(" \\\n  ") };
}
