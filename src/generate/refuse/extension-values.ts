import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import type { Operation } from "../../description/operations.js";
import { extensions } from "../extensions.js";
import { kindOfPlace, type Use } from "./extension-uses.js";

const ajv = new Ajv2020({ allErrors: true, verbose: true, discriminator: true, strictTypes: false });

/** What is wrong with a use of an extension: that it is unknown, stands in the wrong place, or has a value that is not allowed. */
export function faultsOfUse({ name, value, path, holder }: Use, failures: ReadonlySet<object>): string[] {
  const extension = extensions[name];
  if (!extension) return [`${name} is unknown. The known extensions are ${Object.keys(extensions).join(", ")}.`];
  const place = kindOfPlace(path);
  const isRead = place === extension.place && (place !== "error example" || failures.has(holder));
  if (!isRead) return [`${name} has no effect here. It belongs to an object of the kind: ${extension.place}.`];
  const validate = ajv.compile(extension.schema);
  if (validate(value)) return [];
  // If `effect` is missing, `required` reports it already, so the error of the discriminator itself is dropped.
  const errors = (validate.errors ?? []).filter(
    ({ keyword, params }) => keyword !== "discriminator" || params.tagValue !== undefined,
  );
  return errors.map((error) => `${name}${error.instancePath.replaceAll("/", ".")} ${faultText(error)}`);
}

/** The examples of failures. Nobody reads what other examples say about a repetition. */
export function failureExamples(operations: readonly Operation[]): Set<object> {
  const bodies = operations.flatMap(({ failures }) => failures.flatMap(({ body }) => body ?? []));
  return new Set(bodies.flatMap(({ examples }) => examples.map(([, example]) => example)));
}

/** What is wrong with a value, and what is allowed. */
function faultText({ keyword, params, parentSchema, data, message }: ErrorObject): string {
  const found = `is ${JSON.stringify(data)}.`;
  switch (keyword) {
    case "enum":
      return `${found} Allowed are ${params.allowedValues.join(", ")}.`;
    case "const":
      return `${found} Only ${JSON.stringify(params.allowedValue)} is allowed.`;
    case "discriminator":
      return `has ${params.tag}: ${JSON.stringify(params.tagValue)}. Allowed are ${valuesOf(params.tag, parentSchema?.oneOf).join(", ")}.`;
    case "required":
      return `lacks the key ${params.missingProperty}.`;
    case "additionalProperties":
      return `has the unknown key ${params.additionalProperty}. Allowed are ${Object.keys(parentSchema?.properties).join(", ")}.`;
    default:
      return `${found} It ${message}.`;
  }
}

/** The values of the key that tells alternatives apart. */
function valuesOf(key: string, alternatives: readonly Alternative[] = []): string[] {
  return alternatives.map(({ properties }) => String(properties[key]?.const));
}

interface Alternative {
  properties: Record<string, { const?: string }>;
}
