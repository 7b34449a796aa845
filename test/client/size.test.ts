import { expect, it } from "vitest";
import { operations } from "../../generated/operations.js";
import { bundleSize, client, everything } from "../bench/size.js";

/** What the client has today, in bytes, and what an operation more may add. */
const today = { client: 25_240, everything: 28_370, operation: 400 };

it("the client does not grow unnoticed: bundled, minified, gzip", async () => {
  const further = (Object.keys(operations).length - 2) * today.operation;
  expect(await bundleSize(client)).toBeLessThanOrEqual(today.client + further);
  expect(await bundleSize(everything)).toBeLessThanOrEqual(today.everything + further);
});
