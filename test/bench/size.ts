import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../support/project.js";

/** Bytes of an application that uses this code: bundled, minified, gzip. */
export async function bundleSize(code: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: root },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "silent",
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

/** What an application bundles that makes and deletes backups with a password. */
export const client =
  'import { createClient, passwordToken } from "geminidb-backup"; globalThis.used = [createClient, passwordToken];';
export const everything = 'import * as all from "geminidb-backup"; globalThis.all = all;';
export const openapiFetch = 'import createClient from "openapi-fetch"; globalThis.used = createClient;';

/** The bytes that `client` should have. See docs/decisions.md for what it has. */
export const budget = 12_288;
