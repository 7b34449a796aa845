import { type Example, type OperationEntry, operationsOf, resolve, type Spec } from "../description.js";

/** What the mock cannot answer with, and what the client cannot tell apart, a sentence each. */
export function responseFaults(spec: Spec): string[] {
  return operationsOf(spec).flatMap((entry) => {
    const { operationId } = entry.operation;
    return entry.responses.flatMap((response) =>
      [...statusFaults(response), ...exampleFaults(spec, response)].map(
        (fault) => `operation ${operationId}, response ${response.status}: ${fault}`,
      ),
    );
  });
}

type ResponseEntry = OperationEntry["responses"][number];

function statusFaults({ status }: ResponseEntry): string[] {
  if (/^[1-5]\d\d$/.test(status)) return [];
  return [`${status} stands for several statuses. Only single ones are supported, such as 404: list each.`];
}

function exampleFaults(spec: Spec, { status, content }: ResponseEntry): string[] {
  if (content === undefined) return [];
  const examples = Object.entries(content.examples ?? {});
  if (examples.length === 0) return ["it has no example, and the mock answers with one. Add it under examples."];
  if (status < "400") return [];
  return examples.flatMap(([name, reference]) => {
    const { value } = resolve<Example>(spec, reference);
    const code = (value as { error_code?: string } | null)?.error_code;
    if (code === undefined || code === name) return [];
    return [`the example ${name} holds the error_code ${code}. Links lead to the code, so call the example ${code}.`];
  });
}
