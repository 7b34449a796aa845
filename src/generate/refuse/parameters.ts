import { type OperationEntry, operationsOf, type Parameter, resolve, type Schema, type Spec } from "../description.js";
import { flatBody } from "../flat-body.js";

/** How OpenAPI serializes a parameter where nothing else is said. The client knows no other way. */
const defaults = {
  path: { style: "simple", explode: false },
  header: { style: "simple", explode: false },
  query: { style: "form", explode: true },
};

/** What the client would send in another way than the description says, a sentence each. */
export function parameterFaults(spec: Spec): string[] {
  return operationsOf(spec).flatMap((entry) => [
    ...entry.parameters.flatMap((parameter) =>
      placeFaults(spec, parameter).map((fault) => `${placeOf(entry)}, parameter ${parameter.name}: ${fault}`),
    ),
    ...templateFaults(entry),
    ...nameFaults(spec, entry),
  ]);
}

function placeOf({ operation }: OperationEntry): string {
  return `operation ${operation.operationId}`;
}

function placeFaults(spec: Spec, parameter: Parameter): string[] {
  const { in: place, content, schema } = parameter;
  if (place === "cookie")
    return ["it is in a cookie, which the client does not send. Move it to the query or a header."];
  if (content !== undefined || schema === undefined)
    return ["it has no schema, and content is not supported. Give it a schema in its place."];
  return [
    ...headerFaults(spec, parameter),
    ...styleFaults(parameter, defaults[place]),
    ...typeFaults(spec, place, resolve<Schema>(spec, schema)),
  ];
}

/** Headers that OpenAPI, or HTTP, takes from elsewhere. */
const reservedHeaders = new Set([
  "accept",
  "authorization",
  "connection",
  "content-length",
  "content-type",
  "expect",
  "host",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

function headerFaults(spec: Spec, { in: place, name }: Parameter): string[] {
  if (place !== "header") return [];
  const lower = name.toLowerCase();
  const isCredential = Object.values(spec.components.securitySchemes).some((one) => one.name?.toLowerCase() === lower);
  if (!isCredential && !reservedHeaders.has(lower)) return [];
  return ["it is a header that the client sets by itself. Leave it out."];
}

function styleFaults(parameter: Parameter, preset: { style: string; explode: boolean }): string[] {
  const { in: place, style = preset.style, explode = preset.explode, allowReserved = false } = parameter;
  const found = { style, explode, allowReserved };
  return Object.entries({ ...preset, allowReserved: false }).flatMap(([keyword, supported]) => {
    const value = found[keyword as keyof typeof found];
    if (value === supported) return [];
    return [`${keyword} is ${value}, but in the ${place} only ${supported} is supported. Leave out ${keyword}.`];
  });
}

const textOrNumber = ["string", "integer", "number"];

function typeFaults(spec: Spec, place: string, { type, properties, format, items }: Schema): string[] {
  const types = [type ?? []].flat();
  if (types.includes("object") || properties !== undefined)
    return ["its type is object, which is not supported. Describe each property as a parameter of its own."];
  if (format === "password")
    return ["it is a password, and addresses and headers are written to logs. Move it to the request body."];
  if (types.includes("null")) return ["its type is null, which no parameter can say. Leave null out."];
  if (place === "path" && types.includes("array"))
    return ["its type is array, which is not supported in the path. Take a text, or move it to the query."];
  const allowed = place === "path" ? textOrNumber : [...textOrNumber, "boolean", "array"];
  if (types.length === 0 || types.some((one) => !allowed.includes(one)))
    return [`it must have a type: ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}.`];
  if (!types.includes("array")) return [];
  const ofItems = [(items && resolve<Schema>(spec, items).type) ?? []].flat();
  if (ofItems.length > 0 && ofItems.every((one) => [...textOrNumber, "boolean"].includes(one))) return [];
  return ["it is a list, whose items must have a type: string, integer, number or boolean."];
}

/** The client finds the operation of a request by whole segments. */
function templateFaults(entry: OperationEntry): string[] {
  const segment = entry.path.split("/").find((one) => /[{}]/.test(one) && !/^\{[^{}]+\}$/.test(one));
  if (segment === undefined) return [];
  return [
    `path ${entry.path}: the segment ${segment} is more than a parameter. Give the parameter a segment of its own.`,
  ];
}

/** The client takes all parameters by their names in one object, with the body beside them. */
function nameFaults(spec: Spec, entry: OperationEntry): string[] {
  const { parameters, requestBody } = entry;
  const names = parameters.map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const alike = names.find((name, index) =>
    names.slice(0, index).some((other) => other !== name && isAlike(name, other)),
  );
  const faults = [...twice].map((name) => {
    const places = parameters.filter((parameter) => parameter.name === name).map((parameter) => parameter.in);
    return `${placeOf(entry)}: ${name} is a parameter in the ${places.join(" and in the ")}. The client takes all parameters in one object, so rename one of them.`;
  });
  if (alike !== undefined) {
    const other = names.find((name) => name !== alike && isAlike(name, alike));
    faults.push(
      `${placeOf(entry)}: the parameters ${other} and ${alike} would be one flag of the command. Rename one of them.`,
    );
  }
  if (requestBody && !flatBody(spec, requestBody) && names.includes("body")) {
    faults.push(
      `${placeOf(entry)}: a parameter is called body, and the client takes the request body under that key. Rename the parameter.`,
    );
  }
  return faults;
}

/** Whether two names are the same flag, which is in lower case and has hyphens. */
function isAlike(a: string, b: string): boolean {
  const flag = (name: string) => name.toLowerCase().replaceAll("_", "-");
  return flag(a) === flag(b);
}
