import { expect, it } from "vitest";
import { checks, description } from "../support/description.js";
import { schemasOf } from "../support/house-rules.js";

it("the files of openapi/, their components and the schemas keep to the house rules", () => {
  expect(checks["the house rules"](description)).toEqual([]);
  expect(description.files.size).toBeGreaterThan(70);
  expect(schemasOf(description.bundle).requests.length).toBeGreaterThan(5);
  expect(schemasOf(description.bundle).responses.length).toBeGreaterThan(40);
});

it("every example fits its schema", () => {
  expect(checks["the schemas of the examples"](description)).toEqual([]);
});
