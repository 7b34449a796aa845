/** `npm run api`: writes the reports of the public surface into `test/compatibility/surface`. */

import { main } from "../tools/script.js";
import { publicTypes } from "./api-extractor.js";
import { readManifest } from "./manifest.js";
import { writeSurface } from "./surface.js";

await main(async () => {
  await writeSurface(await publicTypes(await readManifest()));
  console.log("test/compatibility/surface  is up to date. Review what changed, and commit it.");
});
