/** `tsx src/release/docs.ts ARCHIVES SITE`: makes one site of the archives `docs-<version>.tgz` of all releases. */
import { Problem } from "../shared/problem.js";
import { main } from "../tools/script.js";
import { assembleDocs } from "./docs-archive.js";

await main(async () => {
  const [archives, site] = process.argv.slice(2);
  if (archives === undefined || site === undefined)
    throw new Problem("docs: name the folder of the archives, and the folder to write.");
  const versions = await assembleDocs(archives, site);
  if (versions.length === 0) {
    throw new Problem(
      `There is no archive docs-<version>.tgz in ${archives}, so there is no site. Each release has one: make a release first.`,
    );
  }
  console.log(`The site has ${versions.join(", ")}.`);
});
