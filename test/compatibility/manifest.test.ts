import { describe, expect, it } from "vitest";
import { addedDependencies, brokenManifest } from "../../src/release/broken-manifest.js";
import type { PublicManifest } from "../../src/release/manifest.js";

const released = {
  type: "module",
  engines: { node: ">=20.19" },
  exports: {
    ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./openapi.json": "./generated/openapi.json",
  },
  bin: { "geminidb-backup": "dist/cli.js" },
  dependencies: { fetch: "1.0.0" },
  peerDependencies: { prism: "5.12.0", other: "^1.0.0" },
  peerDependenciesMeta: { prism: { optional: true } },
} as const satisfies PublicManifest;

type Changes = Partial<PublicManifest>;

describe("a change of package.json", () => {
  it.each<[Changes, string]>([
    [{ exports: { ".": released.exports["."] } }, "there is no entry ./openapi.json any more."],
    [{ exports: { ...released.exports, ".": "./dist/index.js" } }, "the entry . has no condition types any more."],
    [{ bin: { geminidb: "dist/cli.js" } }, "there is no command geminidb-backup any more."],
    [{ engines: { node: ">=22" } }, "node could be >=20.19, and must be >=22 now."],
    [{ engines: { node: ">=20.19 <26" } }, "node could be >=20.19, and must be >=20.19 <26 now."],
    [{ engines: { node: ">=20.19", npm: ">=11" } }, "npm could be missing, and must be >=11 now."],
    [{ peerDependencies: { prism: "5.13.0", other: "^1.0.0" } }, "prism could be 5.12.0, and must be 5.13.0 now."],
    [{ peerDependenciesMeta: {} }, "prism could be missing, and must be 5.12.0 now."],
    [
      { peerDependencies: { ...released.peerDependencies, more: "^2.0.0" } },
      "more could be missing, and must be ^2.0.0 now.",
    ],
    [{ type: "commonjs" }, "its modules were module, and are commonjs now."],
  ])("is refused: %j", (changes, sentence) => {
    expect(brokenManifest(released, { ...released, ...changes })).toEqual([`package.json: ${sentence}`]);
  });

  it.each<[Changes]>([
    [{}],
    [{ exports: { ...released.exports, "./more": "./dist/more.js" } }],
    [{ exports: { ...released.exports, "./openapi.json": { default: "./generated/openapi.json" } } }],
    [{ bin: { ...released.bin, more: "dist/more.js" } }],
    [{ engines: { node: ">=18" } }],
    [{ peerDependencies: { prism: "^5.12.0" } }],
    [{ peerDependenciesMeta: { prism: { optional: true }, other: { optional: true } } }],
    [
      {
        peerDependencies: { ...released.peerDependencies, more: "^2.0.0" },
        peerDependenciesMeta: { ...released.peerDependenciesMeta, more: { optional: true } },
      },
    ],
    [{ dependencies: { fetch: "2.0.0" } }],
    [{ dependencies: {} }],
  ])("is allowed: %j", (changes) => {
    expect(brokenManifest(released, { ...released, ...changes })).toEqual([]);
  });

  it.each<[Changes, string[]]>([
    [{ dependencies: { ...released.dependencies, more: "1.0.0" } }, ["package.json: it brings along more now."]],
    [{ dependencies: { fetch: "2.0.0" } }, []],
    [{ dependencies: {} }, []],
  ])("is told where it installs more: %j", (changes, sentences) => {
    expect(addedDependencies(released, { ...released, ...changes })).toEqual(sentences);
  });
});
