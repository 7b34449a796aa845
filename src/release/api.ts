/** `npm run api`: writes the reports of the public surface into `test/compatibility/surface`. */
import { main } from "./project.js";
import { writeSurface } from "./surface.js";

await main(async () => {
  await writeSurface();
  console.log("test/compatibility/surface  is up to date. Review what changed, and commit it.");
});
