import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project.js";

const folder = join(root, "dist", "traffic");

/** Where a test's mock keeps its traffic. `npm test` gives all of it to redocly drift at its end. */
export function traffic(test: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, `${test}.har`);
}
