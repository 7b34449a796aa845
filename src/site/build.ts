/** Builds `dist/docs` and says what it made. */
import { Problem } from "../redocly.js";
import { docs } from "./docs.js";

try {
  console.log(`dist/docs   ${(await docs()).join("  ")}`);
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
