import { expect, it } from "vitest";
import { bundleSize, client, everything } from "./bench/size.js";

// The aim is 8,192 bytes: see docs/decisions.md. These are what is reached, so that it only gets smaller.
it("keeps the client small: bundled, minified, gzip", async () => {
  expect(await bundleSize(client)).toBeLessThanOrEqual(11_264);
  expect(await bundleSize(everything)).toBeLessThanOrEqual(12_800);
});
