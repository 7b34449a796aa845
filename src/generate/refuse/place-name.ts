import { operationsOf } from "../../description/operations.js";
import type { Spec } from "../../description/spec.js";

/**
 * A part of the bundle in the words of somebody who edits `openapi/`, where a component is a file of its name.
 * @param path the keys that lead to it
 */
export function placeName(spec: Spec, path: readonly string[]): string {
  const [first = "", second = "", third = "", ...rest] = path;
  if (first === "servers") return `openapi/openapi.yaml, server ${spec.servers[Number(second)]?.url}`;
  if (first === "paths") {
    const found = operationsOf(spec).find((one) => one.path === second && one.method === third.toUpperCase());
    const place = found ? [`operation ${found.operationId}`] : [`path ${second}`, third];
    return [...place, ...rest].filter(Boolean).join(", ");
  }
  if (second === "securitySchemes") return `openapi/openapi.yaml, security scheme ${third}`;
  if (first === "components")
    return [`openapi/${second}/${third}.yaml`, ...(rest.length ? [rest.join("/")] : [])].join(", ");
  return ["openapi/openapi.yaml", ...(path.length ? [path.join("/")] : [])].join(", ");
}

/** The file of a component. Redocly names each component after its file. */
export function fileOf($ref: string): string {
  return `openapi/${$ref.replace("#/components/", "")}.yaml`;
}
