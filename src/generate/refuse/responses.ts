import { bodyLimitsOf } from "../body-limits.js";
import {
  type Example,
  type Header,
  isJson,
  type OperationEntry,
  operationsOf,
  type Ref,
  resolve,
  type Spec,
} from "../description.js";
import { incompleteExamples } from "./examples.js";

/** What the mock cannot answer with, and what the client cannot tell apart, a sentence each. */
export function responseFaults(spec: Spec): string[] {
  const faults = operationsOf(spec).flatMap((entry) => {
    const { operationId } = entry.operation;
    const faultsOfOne = entry.responses.flatMap((response) =>
      [
        ...statusFaults(response),
        ...contentFaults(entry, response),
        ...headerFaults(spec, response),
        ...exampleFaults(spec, response),
      ].map((fault) => `, response ${response.status}: ${fault}`),
    );
    return [...successFaults(entry).map((fault) => `: ${fault}`), ...faultsOfOne].map(
      (fault) => `operation ${operationId}${fault}`,
    );
  });
  return [...faults, ...contradictions(spec), ...bodyLimitFaults(spec)];
}

/** The mock has one limit for the bodies of all requests. */
function bodyLimitFaults(spec: Spec): string[] {
  const limits = bodyLimitsOf(spec);
  if (limits.length === 1) return [];
  const found =
    limits.length === 0 ? "no response has x-max-body-bytes" : `x-max-body-bytes is ${limits.join(" and ")}`;
  return [`${found}. The mock needs one limit for the bodies of all requests: state it at the response 413.`];
}

/** The client and the mock know one success of an operation. */
function successFaults({ responses }: OperationEntry): string[] {
  const successes = responses.map(({ status }) => status).filter((status) => status.startsWith("2"));
  if (successes.length === 1) return [];
  const found = successes.length === 0 ? "no success" : `the successes ${successes.join(", ")}`;
  return [`it has ${found}, but each operation must have one: describe one response with a status of 2xx.`];
}

function contentFaults({ method }: OperationEntry, { status, response, mediaType, content }: ResponseEntry): string[] {
  const types = Object.keys(response.content ?? {});
  if (types.length > 1)
    return [`it has the media types ${types.join(", ")}. Only one is supported: leave out the others.`];
  if (mediaType === undefined) return [];
  if (method === "head") return ["the response to a HEAD has no body. Leave out its content."];
  if (withoutBody.has(status)) return ["a response with this status has no body. Leave out its content."];
  if (!isJson(mediaType)) return [`its media type is ${mediaType}. Only JSON is supported, such as application/json.`];
  return content?.schema === undefined ? ["it has no schema. Add one."] : [];
}

/** Statuses whose responses have no body. */
const withoutBody = new Set(["204", "205", "304"]);

function headerFaults(spec: Spec, { response }: ResponseEntry): string[] {
  return Object.entries(response.headers ?? {}).flatMap(([name, reference]) => {
    const header = resolve<Partial<Header>>(spec, reference as Ref);
    const { description, schema } = header;
    if (schema === undefined) return [`the header ${name} has no schema. Add one; content is not supported.`];
    if ("examples" in header) return [`the header ${name} has examples. Only one is supported: give it as example.`];
    return description ? [] : [`the header ${name} has no description. The pages show it: add one.`];
  });
}

/** A code means the same in every operation that knows it, and the catalogue explains it once. */
function contradictions(spec: Spec): string[] {
  const known = new Map<string, string>();
  const found = new Set<string>();
  for (const { operation, responses } of operationsOf(spec)) {
    for (const { status, content } of responses.filter(({ status }) => status >= "400")) {
      for (const [name, reference] of Object.entries(content?.examples ?? {})) {
        const text = JSON.stringify(resolve<Example>(spec, reference));
        const key = `${status} ${name}`;
        if ((known.get(key) ?? text) !== text)
          found.add(
            `operation ${operation.operationId}, response ${status}: the example ${name} differs from the one of another operation. Share it by $ref, or rename it.`,
          );
        known.set(key, text);
      }
    }
  }
  return [...found];
}

type ResponseEntry = OperationEntry["responses"][number];

function statusFaults({ status }: ResponseEntry): string[] {
  if (status.startsWith("1")) return [`${status} precedes a response, and no client gets to see it. Leave it out.`];
  if (/^[2-5]\d\d$/.test(status)) return [];
  return [`${status} stands for several statuses. Only single ones are supported, such as 404: list each.`];
}

function exampleFaults(spec: Spec, { status, content }: ResponseEntry): string[] {
  if (content === undefined) return [];
  const examples = Object.entries(content.examples ?? {});
  if (examples.length === 0) return ["it has no example, and the mock answers with one. Add it under examples."];
  if (status < "400") return incompleteExamples(spec, content);
  return examples.flatMap(([name, reference]) => {
    const { value } = resolve<Example>(spec, reference);
    if (typeof value !== "object" || value === null)
      return [`the example ${name} must be a JSON object, as the bodies of failures are.`];
    const code = (value as { error_code?: string }).error_code;
    if (code === undefined || code === name) return [];
    return [`the example ${name} holds the error_code ${code}. Links lead to the code, so call the example ${code}.`];
  });
}
