import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import type { Manifest } from "./manifest.js";

/** What an entry of the package exports. */
export interface EntryTypes {
  /** `index` for `.`, otherwise the last part of the entry, such as `mock`. */
  readonly name: string;
  /** One text for people, to review changes in. */
  readonly report: string;
  /** All declarations in one module, for the compiler. */
  readonly declarations: string;
}

/** Declarations of the working copy. They stay inside the project, so that their imports are found. */
const folder = join(root, "dist", "types");

/**
 * The public types of each entry of the package, from the built `dist`.
 * @throws {Problem} when `dist` does not hold them
 */
export async function publicTypes({ exports }: Manifest): Promise<EntryTypes[]> {
  const entries: EntryTypes[] = [];
  for (const [entry, target] of Object.entries(exports)) {
    if (typeof target !== "string" && target.types) entries.push(await typesOf(entry, target.types));
  }
  return entries;
}

async function typesOf(entry: string, file: string): Promise<EntryTypes> {
  const name = entry === "." ? "index" : basename(entry);
  extract(name, file);
  const [report, declarations] = await Promise.all([
    readFile(join(folder, `${name}.api.md`), "utf8"),
    readFile(join(folder, `${name}.d.ts`), "utf8"),
  ]);
  return { name, report, declarations };
}

/** Lets API Extractor write both into the folder. */
function extract(name: string, file: string): void {
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: join(root, file),
      compiler: { overrideTsconfig: { extends: join(root, "tsconfig.json"), include: [], files: [file] } },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: folder,
        reportTempFolder: join(folder, "temp"),
      },
      dtsRollup: { enabled: true, untrimmedFilePath: join(folder, `${name}.d.ts`) },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: "lf",
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: join(root, "package.json"),
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    // What it says about comments is the linter's business. Only an error ends it.
    messageCallback: (message) => {
      if (message.category !== "Compiler") message.handled = true;
    },
  });
  if (!succeeded) throw new Problem(`API Extractor cannot read ${file}. Run \`npm run build\` first.`);
}
