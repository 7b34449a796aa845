import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Most tests wait for a process or a page, so more than one file a core.
    maxWorkers: 3,
    // Real servers, browsers and clocks: on a busy machine one of them may be late once.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
