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
      setupFiles: ["test/coverage/setup.ts"],
      server: { deps: { external: [/\/(src|dist|generated)\//] } },
    },
  }),
);
