import { parse } from "yaml";
import { operationsOf, type Spec } from "../description.js";

interface Workflow {
  workflows?: { workflowId: string; steps?: { stepId: string; operationId?: string }[] }[];
}

/** The steps of the workflow that call an operation which does not exist, a sentence each. */
export function stepFaults(spec: Spec, text: string): string[] {
  const known = operationsOf(spec).map(({ operation }) => operation.operationId);
  const { workflows = [] } = (parse(text) ?? {}) as Workflow;
  return workflows.flatMap(({ workflowId, steps = [] }) =>
    steps.flatMap(({ stepId, operationId }) => {
      // The name may have that of its description before it.
      const called = operationId?.replace(/^\$sourceDescriptions\.[^.]+\./, "");
      if (called === undefined || known.includes(called)) return [];
      return [
        `openapi/workflow.arazzo.yaml, workflow ${workflowId}, step ${stepId}: there is no operation ${called}. The operations are ${known.join(", ")}.`,
      ];
    }),
  );
}
