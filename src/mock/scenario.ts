import type { CatalogueOperation } from "../../generated/catalogue.js";
import { operationsById } from "./answers.js";
import { shown } from "./checks.js";
import { copyReplies, type Reply } from "./reply.js";
import { unknownName } from "./suggest.js";

/** Replies by operation, as they are queued at the start and after each `reset()`. */
export type Scenario = [CatalogueOperation, Reply[]][];

/**
 * A scenario, checked and copied once, since it is queued again by each `reset()`.
 * @throws {TypeError} in one sentence that names the operation, and the key of the reply
 */
export function checkedScenario(scenario: Readonly<Record<string, unknown>>): Scenario {
  return Object.entries(scenario).map(([operationId, replies]) => {
    const operation = operationsById.get(operationId);
    if (!operation) throw new TypeError(unknownName("there is no operation", operationId, [...operationsById.keys()]));
    if (!Array.isArray(replies)) {
      throw new TypeError(`${operationId} must have a list of replies${shown(replies)}`);
    }
    return [operation, copyReplies(operation, replies)];
  });
}
