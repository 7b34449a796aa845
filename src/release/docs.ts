/** `tsx src/release/docs.ts ARCHIVES SITE`: makes one site of the archives `docs-<version>.tgz` of all releases. */
import { main, Problem } from "../project.js";
import { assembleDocs } from "./docs-archive.js";

await main(async () => {
  const [archives, site] = process.argv.slice(2);
  if (archives === undefined || site === undefined)
    throw new Problem("docs: name the folder of the archives, and the folder to write.");
  const versions = await assembleDocs(archives, site);
  console.log(
    versions.length > 0 ? `The site has ${versions.join(", ")}.` : "There is no archive, so there is no site.",
  );
});
