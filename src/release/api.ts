/** `npm run api`: writes the reports of the public surface into `test/compatibility/surface`. */
import { main, readManifest } from "./project.js";
import { writeSurface } from "./surface.js";
import { publicTypes } from "./types.js";

await main(async () => {
  await writeSurface(await publicTypes(await readManifest()));
  console.log("test/compatibility/surface  is up to date. Review what changed, and commit it.");
});
