import { tokenHeader } from "../../generated/operations.js";
import type { NamedExample, Operation } from "../description/operations.js";
import { curl } from "./languages.js";
import { inEveryLanguage, type Sample, type Samples } from "./samples.js";
import { quoted } from "./shell.js";

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

function curlSample({ method, path, parameters, requestBody }: Operation, body: unknown): Sample {
  const filled = path.replace(/\{([^{}]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parameters.find((parameter) => parameter.name === name)?.example ?? name)),
  );
  const required = parameters.filter((parameter) => parameter.required);
  const query = new URLSearchParams();
  for (const { name, example } of required.filter((one) => one.in === "query")) {
    // A list repeats the name for each item.
    for (const item of [example].flat()) query.append(name, String(item));
  }
  const target = query.size > 0 ? `${filled}?${query}` : filled;
  const lines = [`curl --request ${method} "$GEMINIDB_URL${target}"`, `--header "${tokenHeader}: $GEMINIDB_TOKEN"`];
  for (const { name, example } of required.filter((one) => one.in === "header")) {
    lines.push(`--header ${quoted(`${name}: ${example}`)}`);
  }
  if (requestBody) {
    lines.push(`--header "Content-Type: ${requestBody.mediaType}"`, `--data ${quoted(JSON.stringify(body ?? {}))}`);
  }
  return { language: curl, source: lines.join(" \\\n  ") };
}
