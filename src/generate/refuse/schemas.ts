import { pointedTo } from "../../openapi.js";
import { operationsOf, type Ref, resolve, type Schema, type Spec } from "../description.js";

/** A schema where it stands: in a file of `openapi/`, or in an operation. */
interface Place {
  text: string;
  /** The references that led there. */
  open: readonly string[];
}

/** What no part of this toolkit can read in a schema, a sentence each. */
export function schemaFaults(spec: Spec): string[] {
  const found = new Set<string>();
  for (const { operation, parameters, requestBody, responses } of operationsOf(spec)) {
    const at = (part: string): Place => ({ text: `operation ${operation.operationId}, ${part}`, open: [] });
    for (const { name, schema } of parameters) visit(spec, schema, at(`parameter ${name}`), found);
    visit(spec, requestBody?.content.schema, at("request body"), found);
    for (const { status, response, content } of responses) {
      visit(spec, content?.schema, at(`response ${status}`), found);
      for (const [name, header] of Object.entries(response.headers ?? {}))
        visit(spec, resolve<{ schema?: Schema }>(spec, header as Ref).schema, at(`header ${name}`), found);
    }
  }
  return [...found];
}

/** Keywords whose value is data, or a list of names. */
const dataKeywords = new Set(["example", "examples", "default", "const", "enum", "required", "dependentRequired"]);
/** Keywords whose value is a map from names to schemas. */
const nameMaps = new Set(["properties", "patternProperties", "dependentSchemas", "$defs"]);

function visit(spec: Spec, node: unknown, place: Place, found: Set<string>, keysAreNames = false): void {
  if (typeof node !== "object" || node === null) return;
  const { $ref } = node as Schema;
  if (!keysAreNames && typeof $ref === "string") {
    const text = fileOf($ref);
    if (place.open.includes($ref))
      found.add(`${text}: the schema refers to itself, which is not supported. Describe as many levels as there are.`);
    else visit(spec, pointedTo(spec, $ref), { text, open: [...place.open, $ref] }, found);
    return;
  }
  // Ajv takes an empty list for one that contains what it must, where it looks for the first fault only, as below "not".
  if (!keysAreNames && "prefixItems" in node && "contains" in node)
    found.add(`${place.text}: contains beside prefixItems is not supported. Put one of them into an allOf.`);
  // Ajv 8.20 takes an empty list for one that contains what the list before it contains, unless it has to count.
  if (!keysAreNames && "contains" in node && !("maxContains" in node))
    found.add(`${place.text}: contains without maxContains is not supported. Add a maxContains.`);
  for (const [key, value] of Object.entries(node)) {
    if (!keysAreNames && (key === "readOnly" || key === "writeOnly"))
      found.add(`${place.text}: ${key} is not supported. Use one schema for the request and another for the response.`);
    if (keysAreNames || !dataKeywords.has(key)) visit(spec, value, place, found, !keysAreNames && nameMaps.has(key));
  }
}

/** The file of a component. Redocly names each component after its file. */
function fileOf($ref: string): string {
  return `openapi/${$ref.replace("#/components/", "")}.yaml`;
}
