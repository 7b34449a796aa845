import { dereferenced } from "../../src/description/references.js";
import type { Spec } from "../../src/description/spec.js";
import { catalogue } from "../../src/generate/catalogue.js";
import { operationTable } from "../../src/generate/operations.js";
import { reference } from "../../src/generate/reference.js";
import { checkExtensions } from "../../src/generate/refuse/extensions.js";
import { refuseUnsupported } from "../../src/generate/refuse/refuse.js";
import { types } from "../../src/generate/types.js";
import { validators } from "../../src/generate/validators.js";
import { checks, description, descriptionOf } from "../support/description.js";
import type { Node } from "../support/facts.js";
import type { Mutant } from "./mutants.js";
import { bundle, lint } from "./redocly.js";

/** Which checks turned red for a mutant. None, if it survived. */
export interface Verdict {
  mutant: Mutant;
  killers: string[];
  /** What the first of them says. */
  reason: string;
}

type Complaint = [check: string, reason: string];

/** So many mutants go through Redocly at once. */
const batchSize = 50;

/** Regenerates each mutant, and runs the fast checks on what comes out. */
export async function* verdictsOn(mutants: readonly Mutant[]): AsyncGenerator<Verdict> {
  for (let start = 0; start < mutants.length; start += batchSize) {
    for (const verdict of await verdictsOnBatch(mutants.slice(start, start + batchSize))) yield verdict;
  }
}

async function verdictsOnBatch(mutants: Mutant[]): Promise<Verdict[]> {
  const bundles = await bundlesOf(mutants);
  const complaints = mutants.map((mutant, index) => quickComplaints(mutant, bundles[index]));
  // Redocly's rules, Ajv and openapi-typescript take much longer than all other checks, so they only see what these let pass.
  const unnoticed = mutants.flatMap((_, index) => (complaints[index]?.length === 0 ? [index] : []));
  const problems = await lint(unnoticed.map((index) => (mutants[index] as Mutant).files()));
  for (const [position, index] of unnoticed.entries()) {
    const problem = problems[position];
    complaints[index] = problem ? [["redocly lint", problem]] : await slowComplaints(bundles[index] as Node);
  }
  return mutants.map((mutant, index) => {
    const found = complaints[index] ?? [];
    return { mutant, killers: found.map(([check]) => check), reason: found[0]?.[1] ?? "" };
  });
}

/** The workflow is not part of the bundle. */
async function bundlesOf(mutants: Mutant[]): Promise<(Node | undefined)[]> {
  const others = mutants.filter(({ file }) => file !== "workflow.arazzo.yaml");
  const bundles = await bundle(others.map((mutant) => mutant.files()));
  return mutants.map((mutant) => (others.includes(mutant) ? bundles[others.indexOf(mutant)] : description.bundle));
}

function quickComplaints(mutant: Mutant, bundle: Node | undefined): Complaint[] {
  if (bundle === undefined) return [["redocly bundle", "no bundle can be made"]];
  const spec = bundle as unknown as Spec;
  const workflow = mutant.files().get("workflow.arazzo.yaml") ?? "";
  const refusals = [
    ...complaintOf("the refusals of the generator", () => refuseUnsupported(spec, workflow)),
    ...complaintOf("the check of the extensions", () => checkExtensions(spec)),
    ...complaintOf("the making of the catalogue", () => catalogue(dereferenced(spec))),
    ...complaintOf("the making of the reference", () => reference(dereferenced(spec))),
  ];
  try {
    const corrupted = descriptionOf(mutant.files(), bundle);
    const found = Object.entries(checks).map(([name, check]) => complaintOf(name, () => check(corrupted)));
    return [...refusals, ...found.flat()];
  } catch (error) {
    return [...refusals, ["the reading of the description", (error as Error).message]];
  }
}

async function slowComplaints(bundle: Node): Promise<Complaint[]> {
  const spec = bundle as unknown as Spec;
  try {
    const followed = dereferenced(spec);
    await Promise.all([operationTable(followed), validators(followed), types(spec)]);
    return [];
  } catch (error) {
    return [["the making of tables, validators and types", (error as Error).message]];
  }
}

/** A check complains with a list of sentences, or by throwing. */
function complaintOf(name: string, check: () => unknown): Complaint[] {
  try {
    const found = check();
    const [first] = Array.isArray(found) ? (found as string[]) : [];
    return first === undefined ? [] : [[name, first]];
  } catch (error) {
    return [[name, (error as Error).message]];
  }
}
