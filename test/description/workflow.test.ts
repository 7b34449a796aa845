import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { collect, corruptions, dereference, differences, type Facts, type Node, removals } from "../support/facts.js";
import { expectedWorkflow } from "../support/transcript.js";

const workflow = parse(readFileSync(new URL("../../openapi/workflow.arazzo.yaml", import.meta.url), "utf8")) as Node;
const expected = expectedWorkflow();

function read(document: Node): Facts {
  const result: Facts = { facts: {}, texts: {} };
  collect(result, "workflow", dereference(document));
  return result;
}

/** Whether a document differs from the transcript in a fact, or from the workflow in a sentence. */
function isNoticed(document: Node): boolean {
  try {
    const { facts, texts } = read(document);
    return differences(facts, expected).length > 0 || differences(texts, read(workflow).texts).length > 0;
  } catch {
    // A reference leads nowhere.
    return true;
  }
}

describe("the workflow", () => {
  it("does and checks what its transcript says, in both directions", () => {
    expect(differences(read(workflow).facts, expected)).toEqual([]);
  });

  it("differs from its transcript as soon as anything of it is changed or removed", () => {
    const all = [...corruptions(workflow), ...removals(workflow)];
    const unnoticed = all.filter(({ apply }) => !isNoticed(apply())).map(({ name }) => name);
    expect(unnoticed).toEqual([]);
    expect(all.length).toBeGreaterThan(200);
  });

  it("differs from its transcript when two steps change places", () => {
    const copy = structuredClone(workflow);
    const [first] = copy.workflows as { steps: Node[] }[];
    first?.steps.reverse();
    expect(isNoticed(copy)).toBe(true);
  });
});
