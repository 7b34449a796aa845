import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { parse } from "yaml";
import { collect, dereference, differences, type Facts, isNode, type Json, type Node, readFacts } from "./facts.js";
import { fileFaults } from "./file-rules.js";
import { componentFaults, exampleNameFaults, schemaFaults } from "./house-rules.js";
import { root } from "./project.js";
import { bundle } from "./transcript.js";
import { expectedFacts } from "./transcript-facts.js";
import { expectedSentences } from "./transcript-sentences.js";
import { expectedWorkflow } from "./transcript-workflow.js";

/** The description in every form in which it can be checked. */
export interface Description {
  /** The files of openapi/: name → text. */
  files: ReadonlyMap<string, string>;
  bundle: Node;
  /** What the bundle states. */
  stated: Facts;
  /** What the workflow states. */
  workflow: Facts;
}

/** Reads a folder such as openapi/. */
export function readFiles(folder = join(root, "openapi")): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map(({ parentPath, name }) => [
      relative(folder, join(parentPath, name)),
      readFileSync(join(parentPath, name), "utf8"),
    ]),
  );
}

/** A description of these files. The bundle is made of them by Redocly. */
export function descriptionOf(files: ReadonlyMap<string, string>, bundle: Node): Description {
  const workflow = parse(files.get("workflow.arazzo.yaml") ?? "") as Node;
  return { files, bundle, stated: readFacts(bundle), workflow: readWorkflow(workflow) };
}

/** The facts and the sentences of the workflow. */
function readWorkflow(workflow: Node): Facts {
  const result: Facts = { facts: {}, texts: {} };
  collect(result, "workflow", dereference(workflow));
  return result;
}

/** The description as it is committed. */
export const description: Description = descriptionOf(readFiles(), bundle);

const expected = { facts: expectedFacts(), sentences: expectedSentences(), workflow: expectedWorkflow() };

/**
 * The fast checks of the description: each finds what is wrong, a sentence each. Tests hold the committed description
 * against them, and `npm run mutate` each corrupted one.
 */
export const checks = {
  "the facts of the transcript": ({ stated }: Description) => differences(stated.facts, expected.facts),
  "the sentences of the transcript": ({ stated, workflow }: Description) =>
    differences({ ...stated.texts, ...workflow.texts }, expected.sentences),
  "the workflow of the transcript": ({ workflow }: Description) => differences(workflow.facts, expected.workflow),
  "the house rules": ({ files, bundle }: Description) => [
    ...fileFaults(files),
    ...componentFaults(files, bundle),
    ...exampleNameFaults(bundle),
    ...schemaFaults(bundle),
  ],
  "the schemas of the examples": ({ bundle }: Description) => exampleFaults(dereference(bundle)),
};

/** Every example that its schema refuses. */
function exampleFaults(value: Json, path = ""): string[] {
  if (!isNode(value) && !Array.isArray(value)) return [];
  const { schema = {} } = value as Node;
  const own = isNode(value) ? examplesOf(value) : [];
  const faults = own
    .filter((example) => !validatorOf(schema as Node)(example))
    .map((example) => `${path}: ${JSON.stringify(example)}`);
  return [
    ...faults,
    ...Object.entries(value).flatMap(([key, child]) => exampleFaults(child as Json, `${path}/${key}`)),
  ];
}

const ajv = new Ajv2020({ strict: false });
const validators = new Map<string, ValidateFunction>();

/** Most descriptions have most of their schemas in common, and compiling one takes longer than all other checks. */
function validatorOf(schema: Node): ValidateFunction {
  const text = JSON.stringify(schema);
  const known = validators.get(text) ?? ajv.compile(schema);
  validators.set(text, known);
  return known;
}

function examplesOf({ example, examples }: Node): Json[] {
  const named = isNode(examples) ? Object.values(examples).map((one) => (one as Node).value ?? null) : [];
  return example === undefined ? named : [example, ...named];
}
