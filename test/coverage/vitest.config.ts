import { defineConfig, mergeConfig } from "vitest/config";
import usual from "../../vitest.config.js";

/**
 * The tests as usual, but Node itself loads what they measure: then it counts the same way here and in the processes that
 * tests start.
 */
export default mergeConfig(
  usual,
  defineConfig({
    test: {
      pool: "forks",
      execArgv: ["--import", "tsx"],
      // They look at the bundles that are published.
      exclude: ["test/package/**", "test/release/**", "test/compatibility/**", "test/client/size.test.ts"],
      setupFiles: ["test/coverage/setup.ts"],
      server: { deps: { external: [/\/(src|dist|generated)\//] } },
    },
  }),
);
