import type { Spec } from "../../description/spec.js";

const file = "openapi/openapi.yaml";

/** Credentials that the client cannot obtain or send, a sentence each. */
export function securityFaults(spec: Spec): string[] {
  return [...requirementFaults(spec), ...schemeFaults(spec), ...tokenFaults(spec)];
}

/** The client sends one kind of credentials with each call, and never none. */
function requirementFaults({ security = [] }: Spec): string[] {
  if (security.length === 0) return [`${file}: security lists no scheme, and the client always sends one. Add it.`];
  return security.flatMap((requirement) => {
    const names = Object.keys(requirement);
    if (names.length === 0) return [`${file}: security allows calls without credentials. Leave out {}.`];
    if (names.length === 1) return [];
    return [`${file}: security asks for ${names.join(" and ")} at once. List each as an item of its own.`];
  });
}

function schemeFaults(spec: Spec): string[] {
  return Object.entries(spec.components.securitySchemes ?? {}).flatMap(([name, { type, in: place, description }]) => {
    const scheme = `${file}, security scheme ${name}`;
    if (type !== "apiKey") return [`${scheme}: its type is ${type}. Only apiKey is supported.`];
    if (place !== "header") return [`${scheme}: it is in the ${place}. Credentials are sent in a header only.`];
    return description ? [] : [`${scheme}: it has no description. The pages show it: add one.`];
  });
}

function tokenFaults(spec: Spec): string[] {
  const names = Object.entries(spec.components.securitySchemes ?? {})
    .filter(([, scheme]) => scheme["x-token-request"])
    .map(([name]) => name);
  if (names.length === 0)
    return [`${file}: no security scheme has x-token-request, which says how the client obtains a token. Add it.`];
  if (names.length === 1) return [];
  return [`${file}: ${names.join(" and ")} have x-token-request. The client obtains one kind of token only.`];
}
