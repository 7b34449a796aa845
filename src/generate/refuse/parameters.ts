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
  return [...styleFaults(parameter, defaults[place]), ...typeFaults(place, resolve<Schema>(spec, schema))];
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

function typeFaults(place: string, { type, properties }: Schema): string[] {
  const types = [type ?? []].flat();
  if (types.includes("object") || properties !== undefined)
    return ["its type is object, which is not supported. Describe each property as a parameter of its own."];
  if (place === "path" && types.includes("array"))
    return ["its type is array, which is not supported in the path. Take a text, or move it to the query."];
  return [];
}

/** The client takes all parameters by their names in one object, with the body beside them. */
function nameFaults(spec: Spec, entry: OperationEntry): string[] {
  const { parameters, requestBody } = entry;
  const names = parameters.map(({ name }) => name);
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  const faults = [...twice].map((name) => {
    const places = parameters.filter((parameter) => parameter.name === name).map((parameter) => parameter.in);
    return `${placeOf(entry)}: ${name} is a parameter in the ${places.join(" and in the ")}. The client takes all parameters in one object, so rename one of them.`;
  });
  if (requestBody && !flatBody(spec, requestBody) && names.includes("body")) {
    faults.push(
      `${placeOf(entry)}: a parameter is called body, and the client takes the request body under that key. Rename the parameter.`,
    );
  }
  return faults;
}
