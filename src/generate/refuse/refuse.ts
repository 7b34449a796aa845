import { operationsOf } from "../../description/operations.js";
import { dereferenced } from "../../description/references.js";
import type { Spec } from "../../description/spec.js";
import { Problem } from "../../shared/problem.js";
import { bodyFaults } from "./bodies.js";
import { infoFaults } from "./info.js";
import { parameterFaults } from "./parameters.js";
import { pathFaults } from "./paths.js";
import { referenceFaults } from "./references.js";
import { responseFaults } from "./responses.js";
import { schemaFaults } from "./schemas.js";
import { securityFaults } from "./security.js";
import { serverFaults } from "./servers.js";
import { tagFaults } from "./tags.js";
import { unreadFaults } from "./unread.js";
import { unusedFaults } from "./unused.js";
import { stepFaults } from "./workflow.js";

/**
 * Refuses what OpenAPI allows and nothing here reads. If it were ignored, the client, the mock and the pages would say
 * something else than the description.
 * @param workflow the text of `openapi/workflow.arazzo.yaml`
 * @throws {Problem} with a sentence for each place
 */
export function refuseUnsupported(spec: Spec, workflow: string): void {
  // What is wrong with a schema comes first: the references of one that refers to itself cannot be followed.
  const faults = schemaFaults(spec);
  if (faults.length === 0) {
    const description = dereferenced(spec);
    const operations = operationsOf(description);
    faults.push(
      ...referenceFaults(spec),
      ...unreadFaults(description, operations),
      ...infoFaults(description),
      ...pathFaults(description),
      ...serverFaults(description),
      ...tagFaults(description, operations),
      ...securityFaults(description),
      ...parameterFaults(description, operations),
      ...bodyFaults(operations),
      ...responseFaults(operations),
      ...stepFaults(operations, workflow),
    );
  }
  // What a refused place refers to may be used by nothing else, and is no fault of its own.
  if (faults.length === 0) faults.push(...unusedFaults(spec));
  if (faults.length > 0) throw new Problem(faults.join("\n"));
}
