import { parse } from "yaml";
import { collect, type Facts, type Node } from "./facts.js";
import { read } from "./transcript.js";

/** What must hold for a response: its status, and properties of its body. */
interface Expected {
  status: number;
  [property: string]: string | number;
}

interface Workflow {
  workflow: string;
  sends: Record<string, string>;
  steps: {
    step: string;
    calls: string;
    sends: Record<string, string>;
    body?: Node;
    expect: Expected;
    keeps?: Node;
    repeats?: { name: string; on: Expected; after: number; limit: number }[];
  }[];
}

const workflows: Workflow[] = parse(read("workflow.yaml"));

/** The facts of the workflow, as its transcript has them. */
export function expectedWorkflow(): Facts["facts"] {
  const result: Facts = { facts: {}, texts: {} };
  const inputs = { token: { type: "string", format: "password" }, ...strings("project_id", "instance_id", "name") };
  collect(result, "workflow", {
    arazzo: "1.0.1",
    info: { version: "1.0.0" },
    sourceDescriptions: [{ name: "geminidb", type: "openapi", url: "openapi.yaml" }],
    components: { inputs: { Call: { type: "object", required: Object.keys(inputs), properties: inputs } } },
    workflows: workflows.map(({ workflow, sends, steps }) => ({
      workflowId: workflow,
      inputs: { type: "object", required: Object.keys(inputs), properties: inputs },
      parameters: parameters(sends),
      steps: steps.map(({ step, calls, sends, body, expect, keeps, repeats }) => ({
        stepId: step,
        operationId: calls,
        parameters: parameters(sends),
        ...(body && { requestBody: { contentType: "application/json", payload: body } }),
        successCriteria: conditions(expect),
        ...(keeps && { outputs: keeps }),
        ...(repeats && {
          onFailure: repeats.map(({ name, on, after, limit }) => ({
            name,
            type: "retry",
            retryAfter: after,
            retryLimit: limit,
            criteria: conditions(on),
          })),
        }),
      })),
    })),
  });
  return result.facts;
}

function strings(...names: string[]): Node {
  return Object.fromEntries(names.map((name) => [name, { type: "string" }]));
}

function parameters(values: Record<string, string>): Node[] {
  return Object.entries(values).map(([name, value]) => ({
    in: name.startsWith("X-") ? "header" : "path",
    name,
    value,
  }));
}

function conditions(expected: Expected): Node[] {
  return Object.entries(expected).map(([name, value]) => ({ condition: condition(name, value) }));
}

function condition(name: string, value: string | number): string {
  if (name === "status") return `$statusCode == ${value}`;
  return value === "any" ? `$response.body#/${name} != null` : `$response.body#/${name} == "${value}"`;
}
