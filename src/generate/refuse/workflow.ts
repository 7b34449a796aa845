import { parse } from "yaml";
import type { Operation } from "../../description/operations.js";

interface Workflow {
  workflows?: { workflowId: string; steps?: { stepId: string; operationId?: string }[] }[];
}

/** The steps of the workflow that call an operation which does not exist, a sentence each. */
export function stepFaults(operations: readonly Operation[], text: string): string[] {
  const known = operations.map(({ operationId }) => operationId);
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
