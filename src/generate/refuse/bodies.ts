import { flatBody } from "../../description/flat-body.js";
import type { Operation, RequestBody } from "../../description/operations.js";
import type { MediaType, RawRequestBody } from "../../description/spec.js";
import { incompleteExamples } from "./examples.js";
import { isJsonMediaType } from "./json-media-type.js";

/** What is wrong with the request bodies, a sentence each. */
export function bodyFaults(operations: readonly Operation[]): string[] {
  return operations.flatMap((operation) =>
    faultsOf(operation).map((fault) => `operation ${operation.operationId}: ${fault}`),
  );
}

function faultsOf(operation: Operation): string[] {
  const { method, parameters, requestBody, raw } = operation;
  if (!raw.requestBody) return [];
  if (method === "GET" || method === "HEAD")
    return [`a ${method} cannot have a request body. Use parameters, or another method.`];
  if (requestBody === undefined) return ["its request body has no media type. Describe it under application/json."];
  const { content } = raw.requestBody as RawRequestBody;
  const properties = flatBody(operation)?.properties ?? {};
  const clash = parameters.find(({ name }) => Object.hasOwn(properties, name));
  const faults = contentFaults(requestBody, content);
  if (clash) {
    faults.push(
      `"${clash.name}" is a parameter and a property of the request body. The client takes both in one object, so rename one of them.`,
    );
  }
  return faults;
}

function contentFaults(body: RequestBody, content: Record<string, MediaType>): string[] {
  const types = Object.keys(content);
  if (types.length > 1)
    return [`its request body has the media types ${types.join(", ")}. Only one is supported: leave out the others.`];
  if (!isJsonMediaType(body.mediaType))
    return [`its request body is ${body.mediaType}. Only JSON is supported, such as application/json.`];
  if (body.schema === undefined) return ["its request body has no schema. Add one."];
  if (body.examples.length === 0)
    return ["its request body has no example. The pages and the help of the command show one: add it under examples."];
  return incompleteExamples(body, " of its request body");
}
