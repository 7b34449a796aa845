/** Node writes what it counted at the end of a process. Vitest ends its own without a chance for that, so it is done here. */
import { takeCoverage } from "node:v8";
import { afterAll } from "vitest";
import { giveChildren } from "../support/child-variables.js";

const { NODE_V8_COVERAGE = "" } = process.env;
const stopGiving = giveChildren(() => ({ NODE_V8_COVERAGE }));
afterAll(() => {
  stopGiving();
  takeCoverage();
});
