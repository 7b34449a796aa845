import type { CatalogueOperation, StateRule } from "../../generated/catalogue.js";

/** The wire names of what identifies a resource, and of what it occupies. */
export type ResourceRule = Pick<StateRule, "within" | "id" | "unique" | "occupies">;

type Creating = CatalogueOperation & { readonly state: StateRule };

export function creatingOperations(operations: Iterable<CatalogueOperation>): Creating[] {
  return [...operations].filter((operation): operation is Creating => operation.state?.effect === "create");
}

/**
 * What the operations that create say of the resources together. None contradicts another, which the generator refuses, but
 * one may leave out what another says.
 * @returns undefined where no operation creates
 */
export function resourceRule(operations: Iterable<CatalogueOperation>): ResourceRule | undefined {
  const rules = creatingOperations(operations).map(({ state }) => state);
  return rules.length > 0 ? Object.assign({}, ...rules) : undefined;
}
