import { run } from "../tools/run.js";
import type { Manifest } from "./manifest.js";

/** The software bill of materials in the format of CycloneDX: the package and what it brings along, with their hashes. */
export async function sbom({ name }: Manifest): Promise<string> {
  const args = ["sbom", "--sbom-format", "cyclonedx", "--omit", "dev", "--omit", "optional", "--package-lock-only"];
  const document = JSON.parse(await run("npm", args));
  // npm takes the name of the folder.
  document.metadata.component.name = name;
  return `${JSON.stringify(document, null, 2)}\n`;
}
