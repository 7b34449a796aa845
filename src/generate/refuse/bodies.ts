import { isJson, type MediaType, operationsOf, type RequestBody, resolve, type Spec } from "../description.js";
import { flatBody } from "../flat-body.js";
import { incompleteExamples } from "./examples.js";

/** What is wrong with the request bodies, a sentence each. */
export function bodyFaults(spec: Spec): string[] {
  return operationsOf(spec).flatMap(({ method, operation, parameters, requestBody }) => {
    if (!operation.requestBody) return [];
    if (method === "get" || method === "head")
      return [
        `operation ${operation.operationId}: a ${method.toUpperCase()} cannot have a request body. Use parameters, or another method.`,
      ];
    const { content } = resolve<RequestBody>(spec, operation.requestBody);
    const properties = (requestBody && flatBody(spec, requestBody)?.properties) ?? {};
    const clash = parameters.find(({ name }) => Object.hasOwn(properties, name));
    const faults = contentFaults(spec, content);
    if (clash) {
      faults.push(
        `"${clash.name}" is a parameter and a property of the request body. The client takes both in one object, so rename one of them.`,
      );
    }
    return faults.map((fault) => `operation ${operation.operationId}: ${fault}`);
  });
}

function contentFaults(spec: Spec, content: Record<string, MediaType>): string[] {
  const types = Object.keys(content);
  const [mediaType = "", ...others] = types;
  if (types.length === 0) return ["its request body has no media type. Describe it under application/json."];
  if (others.length > 0)
    return [`its request body has the media types ${types.join(", ")}. Only one is supported: leave out the others.`];
  if (!isJson(mediaType))
    return [`its request body is ${mediaType}. Only JSON is supported, such as application/json.`];
  const media = content[mediaType];
  if (media?.schema === undefined) return ["its request body has no schema. Add one."];
  if (Object.keys(media.examples ?? {}).length === 0)
    return ["its request body has no example. The pages and the help of the command show one: add it under examples."];
  return incompleteExamples(spec, media, " of its request body");
}
