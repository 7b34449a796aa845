import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { redocly, root } from "./redocly.js";

export const folder = join(root, "dist", "docs");

/** Builds the reference page with Redocly into `dist/docs`, and puts the bundle beside it. */
export async function docs(): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  await redocly("build-docs", "generated/openapi.json", "--inlineBundle", "--output", join(folder, "index.html"));
  await copyFile(join(root, "generated", "openapi.json"), join(folder, "openapi.json"));
  return ["index.html", "openapi.json"];
}
