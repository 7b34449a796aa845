import { expect, it } from "vitest";
import { checks, description } from "../support/description.js";
import { expectedWorkflow } from "../support/transcript-workflow.js";

it("the workflow does and checks what its transcript says, in both directions", () => {
  expect(checks["the workflow of the transcript"](description)).toEqual([]);
  expect(Object.keys(expectedWorkflow()).length).toBeGreaterThan(80);
});
