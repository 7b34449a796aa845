import { dereference, dereferenceWithNames, isNode, type Json, type Node, operationsAt } from "./facts.js";

/** Files become components of their names, and there are no others. */
export function componentFaults(files: ReadonlyMap<string, string>, bundle: Node): string[] {
  const found = Object.entries(bundle.components as Node)
    .filter(([kind]) => kind !== "securitySchemes")
    .flatMap(([kind, components]) => Object.keys(components as Node).map((name) => `${kind}/${name}.yaml`));
  // The parts of paths are no components.
  const wanted = [...files.keys()].filter((name) => name.includes("/") && !name.startsWith("paths/"));
  return [
    ...found.filter((name) => !wanted.includes(name)).map((name) => `there is no file ${name} for its component`),
    ...wanted.filter((name) => !found.includes(name)).map((name) => `${name} is no component`),
  ];
}

/** The example of a request or of a success is named after a place where it stands, such as `createManualBackup.tables.request`. */
export function exampleNameFaults(bundle: Node): string[] {
  const { paths } = dereferenceWithNames(bundle);
  const operations = operationsOf(paths as Node);
  const uses = operations.flatMap(({ operationId, requestBody, responses }) => {
    const successes = Object.entries(responses as Node).filter(([status]) => status < "400");
    return [
      ...examplesIn(requestBody, `${operationId}.*.request`),
      ...successes.flatMap(([, response]) => examplesIn(response, `${operationId}.*.response`)),
    ];
  });
  return [...new Set(uses.map(({ name }) => name))].flatMap((name) => {
    const names = uses.filter((use) => use.name === name).map(({ wanted }) => wanted);
    return names.includes(name) ? [] : [`examples/${name}.yaml should be called ${names.join(" or ")}.yaml`];
  });
}

function operationsOf(paths: Node): Node[] {
  return Object.values(paths).flatMap((item) => operationsAt(item as Node).map(([, operation]) => operation));
}

/** The examples of a body that are components, each with the name that it should have. */
function examplesIn(holder: Json | undefined, pattern: string): { name: string; wanted: string }[] {
  if (!isNode(holder) || !isNode(holder.content)) return [];
  return Object.values(holder.content).flatMap((media) =>
    Object.entries(((media as Node).examples ?? {}) as Node).flatMap(([key, example]) => {
      const { $ref } = example as Node;
      return typeof $ref === "string" ? [{ name: $ref, wanted: pattern.replace("*", key) }] : [];
    }),
  );
}

interface Place {
  path: string;
  schema: Node;
}

/** The schemas of all request bodies, and of all responses, with those inside them. */
export function schemasOf(bundle: Node): { requests: Place[]; responses: Place[] } {
  const { paths } = dereference(bundle);
  const operations = operationsOf(paths as Node);
  return {
    requests: operations.flatMap(({ operationId, requestBody }) => inContent(requestBody, String(operationId))),
    responses: operations.flatMap(({ operationId, responses }) =>
      Object.entries(responses as Node).flatMap(([status, response]) =>
        inContent(response, `${operationId} ${status}`),
      ),
    ),
  };
}

function inContent(holder: Json | undefined, path: string): Place[] {
  if (!isNode(holder) || !isNode(holder.content)) return [];
  return Object.values(holder.content).flatMap((media) => inside((media as Node).schema as Json, path));
}

function inside(value: Json, path: string): Place[] {
  if (!isNode(value)) return [];
  const { properties = {}, items } = value;
  const children = [...Object.entries(properties as Node), ...(items === undefined ? [] : [["items", items] as const])];
  return [{ path, schema: value }, ...children.flatMap(([name, child]) => inside(child, `${path}/${name}`))];
}

/** Requests are closed and have no default, responses are open, and every property is described. */
export function schemaFaults(bundle: Node): string[] {
  const { requests, responses } = schemasOf(bundle);
  const faults: string[] = [];
  for (const { path, schema } of requests) {
    if ("default" in schema) faults.push(`${path} has a default, which a request must not have`);
    if (schema.properties && schema.additionalProperties !== false) faults.push(`${path} does not refuse unknown keys`);
  }
  for (const { path, schema } of responses) {
    // Of a map, it says what the values are.
    const isMap = isNode(schema.additionalProperties) && schema.properties === undefined;
    if ("additionalProperties" in schema && !isMap)
      faults.push(`${path} says something about unknown keys of a response`);
  }
  for (const { path, schema } of [...requests, ...responses]) {
    for (const [name, property] of Object.entries((schema.properties as Node | undefined) ?? {})) {
      if (!/\w{3}/.test(String((property as Node).description ?? "")))
        faults.push(`${path}/${name} has no description`);
    }
  }
  return faults;
}
