import { keywordObjects } from "../../description/keywords.js";
import { operationsOf } from "../../description/operations.js";
import { resolvePointer } from "../../description/references.js";
import type { Schema, Spec } from "../../description/spec.js";
import { patternRules, ruleIn } from "../validation-messages.js";
import { fileOf } from "./place-name.js";

/** A schema where it stands: in a file of `openapi/`, or in an operation. */
interface Place {
  text: string;
  /** Whether it is a part of a request. */
  isRequest: boolean;
  /** The references that led there. */
  open: readonly string[];
}

/** What no part of this toolkit can read in a schema, a sentence each. */
export function schemaFaults(spec: Spec): string[] {
  const found = operationsOf(spec).flatMap(({ operationId, parameters, requestBody, responses }) => {
    const faultsAt = (part: string, schema: unknown, isRequest = false) =>
      faultsIn(spec, schema, { text: `operation ${operationId}, ${part}`, isRequest, open: [] });
    return [
      ...parameters.flatMap(({ name, schema }) => faultsAt(`parameter ${name}`, schema, true)),
      ...faultsAt("request body", requestBody?.schema, true),
      ...responses.flatMap(({ status, headers, body }) => [
        ...faultsAt(`response ${status}`, body?.schema),
        ...headers.flatMap(([name, { schema }]) => faultsAt(`header ${name}`, schema)),
      ]),
    ];
  });
  // Several operations may use the same component.
  return [...new Set(found), ...differingRules(spec)];
}

/** Ajv's error contains the pattern but not its schema, so each pattern needs one unambiguous explanation. */
function differingRules(spec: Spec): string[] {
  return [...patternRules(spec)]
    .filter(([, rules]) => rules.size > 1)
    .map(([pattern, rules]) => {
      const words = [...rules].map((rule) => JSON.stringify(rule)).join(" and ");
      return `openapi/: the descriptions of the pattern ${pattern} state different rules: ${words}. Use one of them.`;
    });
}

/** Keywords that are newer than the JSON Schema of Prism, which ignores them. `contains` is among them because of `maxContains`. */
const unknownToPrism = new Set([
  "contains",
  "dependentRequired",
  "dependentSchemas",
  "maxContains",
  "minContains",
  "prefixItems",
  "unevaluatedItems",
  "unevaluatedProperties",
]);

function faultsIn(spec: Spec, node: unknown, place: Place): string[] {
  return [...keywordObjects(node)].flatMap(({ object }) => {
    const { $ref } = object;
    if (typeof $ref !== "string") return keywordFaults(object, place).map((fault) => `${place.text}: ${fault}`);
    const text = fileOf($ref);
    if (place.open.includes($ref)) {
      return [`${text}: the schema refers to itself, which is not supported. Describe as many levels as there are.`];
    }
    return faultsIn(spec, resolvePointer(spec, $ref), { ...place, text, open: [...place.open, $ref] });
  });
}

function keywordFaults(schema: object, { isRequest }: Place): string[] {
  const keywords = Object.keys(schema);
  const faults = keywords
    .filter((key) => key === "readOnly" || key === "writeOnly")
    .map((key) => `${key} is not supported. Use one schema for the request and another for the response.`);
  if ("deprecated" in schema) faults.push("deprecated is not supported. Leave it out, or say it in the description.");
  const { pattern, description } = schema as Schema;
  if (typeof pattern === "string" && ruleIn(description) === undefined)
    faults.push(
      `the pattern ${pattern} has no rule in words, which its error shows. Begin the description beside it like this: "The name: letters only."`,
    );
  if (isRequest) {
    const unknown = keywords.filter((key) => unknownToPrism.has(key));
    const words = (key: string) =>
      `${key} is not supported in a request, because the mock cannot check it. Leave it out.`;
    return [...faults, ...unknown.map(words)];
  }
  // Beside `prefixItems`, Ajv accepts an empty array for `contains` when it stops at the first error, as it does inside `not`.
  if ("prefixItems" in schema && "contains" in schema)
    faults.push("contains beside prefixItems is not supported. Put one of them into an allOf.");
  // In an array of arrays, Ajv 8.20 reuses the result of the array before, so it accepts an empty one. With `maxContains` it counts
  // and is right.
  if ("contains" in schema && !("maxContains" in schema))
    faults.push("contains without maxContains is not supported. Add a maxContains.");
  return faults;
}
