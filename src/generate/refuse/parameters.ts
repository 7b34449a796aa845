import { connectionHeaders } from "../../client/http.js";
import { flatBody, takesWholeBody } from "../../description/flat-body.js";
import type { Operation } from "../../description/operations.js";
import type { Parameter, Schema, Spec } from "../../description/spec.js";
import { duplicatesIn } from "../../shared/duplicates.js";
import { flagName } from "../../shared/flag-name.js";

/** How OpenAPI serializes a parameter where nothing else is said. The client knows no other way. */
const defaultStyles = {
  path: { style: "simple", explode: false },
  header: { style: "simple", explode: false },
  query: { style: "form", explode: true },
};

/** What the client would send in another way than the description says, a sentence each. */
export function parameterFaults(description: Spec, operations: readonly Operation[]): string[] {
  return operations.flatMap((operation) => {
    const place = `operation ${operation.operationId}`;
    return [
      ...operation.parameters.flatMap((parameter) =>
        placeFaults(description, parameter).map((fault) => `${place}, parameter ${parameter.name}: ${fault}`),
      ),
      ...templateFaults(operation),
      ...nameFaults(operation).map((fault) => `${place}: ${fault}`),
    ];
  });
}

function placeFaults(description: Spec, parameter: Parameter): string[] {
  const { in: place, content, schema } = parameter;
  if (place === "cookie")
    return ["it is in a cookie, which the client does not send. Move it to the query or a header."];
  if (content !== undefined || schema === undefined)
    return ["it has no schema, and content is not supported. Give it a schema in its place."];
  return [
    ...headerFaults(description, parameter),
    ...styleFaults(parameter, defaultStyles[place]),
    ...typeFaults(place, schema),
  ];
}

/** Headers that the client or the runtime sets. A signature comes with three of them. */
const reservedHeaders = new Set([
  ...connectionHeaders,
  "accept",
  "authorization",
  "content-type",
  "x-project-id",
  "x-sdk-date",
  "x-security-token",
]);

function headerFaults({ components }: Spec, { in: place, name }: Parameter): string[] {
  if (place !== "header") return [];
  const lower = name.toLowerCase();
  const isCredential = Object.values(components.securitySchemes ?? {}).some((one) => one.name?.toLowerCase() === lower);
  if (!isCredential && !reservedHeaders.has(lower)) return [];
  return ["it is a header that the client sets by itself. Leave it out."];
}

function styleFaults(parameter: Parameter, defaultStyle: { style: string; explode: boolean }): string[] {
  const { in: place, style = defaultStyle.style, explode = defaultStyle.explode, allowReserved = false } = parameter;
  const found = { style, explode, allowReserved };
  return Object.entries({ ...defaultStyle, allowReserved: false }).flatMap(([keyword, supported]) => {
    const value = found[keyword as keyof typeof found];
    if (value === supported) return [];
    return [`${keyword} is ${value}, but in the ${place} only ${supported} is supported. Leave out ${keyword}.`];
  });
}

const textOrNumber = ["string", "integer", "number"];
const scalars = [...textOrNumber, "boolean"];
/** The types that the client sends, and the mock reads, in each place. Prism crashes if an array header is missing. */
const typesIn = { path: textOrNumber, query: [...scalars, "array"], header: scalars };

function typeFaults(place: keyof typeof typesIn, { type, properties, format, items }: Schema): string[] {
  const types = [type ?? []].flat();
  if (types.includes("object") || properties !== undefined)
    return ["its type is object, which is not supported. Describe each property as a parameter of its own."];
  if (format === "password")
    return ["it is a password, and addresses and headers are written to logs. Move it to the request body."];
  if (types.includes("null")) return ["its type allows null, which no parameter can say. Leave null out."];
  if (place !== "query" && types.includes("array"))
    return [`its type is array, which is not supported in the ${place}. Take a text, or move it to the query.`];
  const allowed = typesIn[place];
  if (types.length === 0 || types.some((one) => !allowed.includes(one)))
    return [`it must have a type: ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}.`];
  if (!types.includes("array")) return [];
  const ofItems = [items?.type ?? []].flat();
  if (ofItems.length > 0 && ofItems.every((one) => scalars.includes(one))) return [];
  return ["it is a list, whose items must have a type: string, integer, number or boolean."];
}

/** The client finds the operation of a request by whole segments. */
function templateFaults({ path }: Operation): string[] {
  if (path.split("/").slice(1).includes(""))
    return [`path ${path}: a segment is empty, which no URL keeps. Leave it out.`];
  const segment = path.split("/").find((one) => /[{}]/.test(one) && !/^\{[^{}]+\}$/.test(one));
  if (segment === undefined) return [];
  return [`path ${path}: the segment ${segment} is more than a parameter. Give the parameter a segment of its own.`];
}

/** The client takes all parameters by their names in one object, with the body beside them. */
function nameFaults(operation: Operation): string[] {
  const { parameters } = operation;
  const names = parameters.map(({ name }) => name);
  const faults = duplicatesIn(names).map((name) => {
    const places = parameters.filter((parameter) => parameter.name === name).map((parameter) => parameter.in);
    return `${name} is a parameter in the ${places.join(" and in the ")}. The client takes all parameters in one object, so rename one of them.`;
  });
  faults.push(...flagFaults(operation));
  if (takesWholeBody(operation) && names.includes("body")) {
    faults.push(
      "a parameter is called body, and the client takes the request body under that key. Rename the parameter.",
    );
  }
  return faults;
}

/** Parameters, and the properties of a flat body, that would be the same flag of the command. */
function flagFaults(operation: Operation): string[] {
  const { parameters } = operation;
  const properties = Object.keys(flatBody(operation)?.properties ?? {});
  const owners = new Map<string, string>();
  return [...parameters.map(({ name }) => name), ...properties].flatMap((name) => {
    const flag = flagName(name);
    const owner = owners.get(flag) ?? name;
    owners.set(flag, owner);
    return owner === name ? [] : [`${owner} and ${name} would be the same flag of the command. Rename one of them.`];
  });
}
