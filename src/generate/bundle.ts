import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Spec } from "../description/spec.js";
import { redoclyIn } from "../tools/redocly.js";
import { inTemporaryFolder } from "../tools/temporary-folder.js";
import { checkExtensions } from "./refuse/extensions.js";
import { refuseUnsupported } from "./refuse/refuse.js";

/**
 * Lints the `openapi/` folder of a project and bundles it into one document, with nothing added and nothing left out.
 * @throws {Problem} with the place and the reason, when the description is invalid, cannot be read, or says what nothing
 *   here supports
 */
export async function bundle(project: string): Promise<Spec> {
  await redoclyIn(project, "lint", "--format=stylish");
  return inTemporaryFolder(async (folder) => {
    const file = join(folder, "openapi.json");
    await redoclyIn(project, "bundle", "openapi/openapi.yaml", "--output", file);
    const spec = JSON.parse(await readFile(file, "utf8")) as Spec;
    refuseUnsupported(spec, await readFile(join(project, "openapi", "workflow.arazzo.yaml"), "utf8"));
    checkExtensions(spec);
    return spec;
  });
}
