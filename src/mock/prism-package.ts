import { createRequire } from "node:module";

/**
 * Where Prism is. It is an optional peer, so it may be missing.
 * @throws {Error} in one sentence that says how to install it
 */
export function resolvePrism(): string {
  const require = createRequire(import.meta.url);
  try {
    return require.resolve("@stoplight/prism-http");
  } catch {
    const { peerDependencies } = require("../../package.json");
    const wanted = `@stoplight/prism-http@${peerDependencies["@stoplight/prism-http"]}`;
    // Node looks for it from where this file is, which is not always the project in which the command is called.
    const place = "where geminidb-backup is installed: with --global in place of --save-dev, if that is global";
    throw new Error(`the mock needs Prism's validators: npm install --save-dev ${wanted}. Install it ${place}`);
  }
}
