import { expect, it } from "vitest";
import { bundleSize, client, everything } from "../bench/size.js";

it("keeps the client small: bundled, minified, gzip", async () => {
  expect(await bundleSize(client)).toBeLessThanOrEqual(8192);
  expect(await bundleSize(everything)).toBeLessThanOrEqual(10_240);
});
