/**
 * `npm run release`: makes everything that a release publishes, in `dist/release`, and publishes nothing: the tarball, the list
 * of its parts (SBOM), the page as an archive, and the notes. The release workflow runs it with `--tag v1.2.3`, which also
 * checks that the tag and the project fit together.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { run, runScript } from "../tools/run.js";
import { main, readOptions } from "../tools/script.js";
import { releaseNotes } from "./changelog.js";
import { archiveDocs } from "./docs-archive.js";
import { type Manifest, readManifest } from "./manifest.js";
import { pack, packedFiles, unexpectedFiles } from "./pack.js";
import { sbom } from "./sbom.js";
import { readReport } from "./surface.js";
import { checkTag } from "./tag.js";
import { tryTarball } from "./try-tarball.js";

const target = join(root, "dist", "release");

await main(async () => {
  const { tag } = readOptions("release", { tag: { type: "string" } });
  const manifest = await readManifest();
  const notes = await releaseNotes(manifest.version);
  if (tag !== undefined) await checkTag(tag, manifest, process.env.REPOSITORY);
  await buildAnew();
  const tarball = await packTwice(manifest);
  await tryTarball(tarball, manifest);
  await writeFile(join(target, "sbom.cdx.json"), await sbom(manifest));
  await writeFile(join(target, "notes.md"), notes);
  await archiveDocs(manifest, target);
  console.log(`dist/release  ${basename(tarball)}  sbom.cdx.json  notes.md  docs-${manifest.version}.tgz`);
});

/** Removes what an earlier build may have left, which would ship. */
async function buildAnew(): Promise<void> {
  await rm(join(root, "dist"), { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await build();
  await runScript("generate/index.ts", ["--check"]);
}

async function build(): Promise<void> {
  await run("npm", ["run", "--silent", "build"]);
}

/**
 * Builds once more before it packs the second time, so that anybody can make the same tarball from the same commit.
 * @throws {Problem} when the tarball ships what is not listed, or is another one at the second time
 */
async function packTwice(manifest: Manifest): Promise<string> {
  const listed = (await readReport("tarball.txt")).trim().split("\n");
  const files = await packedFiles();
  const faults = unexpectedFiles(listed, files);
  if (faults.length > 0) throw new Problem(`${faults.join("\n")}\nIf that is right, run \`npm run api\`.`);
  const tarball = await pack(manifest, files, target);
  const first = await readFile(tarball);
  await build();
  await pack(manifest, files, target);
  if (!first.equals(await readFile(tarball))) {
    throw new Problem("Building and packing twice makes two different tarballs.");
  }
  return tarball;
}
