import { type CatalogueOperation, catalogue as generated } from "../../generated/catalogue.js";

/** The operations of the description, by operationId. */
export const catalogue: ReadonlyMap<string, CatalogueOperation> = new Map(
  generated.operations.map((operation) => [operation.operationId, operation]),
);
