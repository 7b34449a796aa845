import type { CatalogueOperation } from "../../generated/catalogue.js";
import { operations } from "../../generated/operations.js";
import { validators } from "../../generated/validators.js";
import { issuesOf } from "../client/issues.js";
import { encodeSegment } from "../client/route.js";
import { shown } from "./checks.js";
import { jsonFault } from "./json.js";
import { unknownName } from "./suggest.js";

/**
 * Checks `when`, which says which requests a reply answers.
 * @param early whether the reply comes before the body is read
 * @throws {TypeError} that names the value which no request can have that keeps to the description
 */
export function checkMatcher(
  operation: CatalogueOperation,
  when: Readonly<Record<string, unknown>>,
  early: boolean,
): void {
  const parameters = operation.parameters.filter((one) => one.in === "path").map(({ name }) => name);
  for (const [name, value] of Object.entries(when)) {
    const fault = parameters.includes(name)
      ? parameterFault(name, value)
      : propertyFault(operation, parameters, name, value, early);
    if (fault !== undefined) throw new TypeError(`${operation.operationId}: ${fault}`);
  }
}

function parameterFault(name: string, value: unknown): string | undefined {
  const fault = jsonFault(value) ?? (typeof value === "string" ? undefined : "must be a text, as every parameter is");
  if (fault !== undefined) return `when.${name} ${fault}${shown(value)}`;
  return encodeSegment(value) === undefined ? `when.${name} can match no valid request${shown(value)}` : undefined;
}

function propertyFault(
  operation: CatalogueOperation,
  parameters: readonly string[],
  name: string,
  value: unknown,
  early: boolean,
): string | undefined {
  const properties = Object.keys(operation.requestBody?.schema.properties ?? {});
  if (!properties.includes(name)) {
    return unknownName("when knows no parameter of the path and no property of the body", name, [
      ...parameters,
      ...properties,
    ]);
  }
  if (early) {
    return `fault reset-early happens before the body is read, so when can only have ${parameters.join(", ")}`;
  }
  const fault = jsonFault(value);
  if (fault !== undefined) return `when.${name} ${fault}${shown(value)}`;
  return valueFault(operation, name, value);
}

/** Why the description does not allow a value. A reply never answers a request that breaks the description. */
function valueFault({ operationId }: CatalogueOperation, name: string, value: unknown): string | undefined {
  const { input } = validators[operationId];
  const isWhole = operations[operationId].body === "whole";
  const issues = issuesOf(input, isWhole ? { body: { [name]: value } } : { [name]: value });
  // Other properties that a request must have may be missing here.
  const [first] = issues
    .map((issue) => ({ ...issue, path: isWhole ? issue.path.replace(/^body\./, "") : issue.path }))
    .filter(({ path }) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
  return first && `when.${name} can match no valid request: ${first.path} ${first.message}`;
}
