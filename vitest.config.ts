import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Most tests wait for a process or a page, so more than one file a core.
    maxWorkers: 3,
    // A thread starts in less time than a process.
    pool: "threads",
    // Real servers, processes and browsers on a busy machine take their time. No test is retried.
    coverage: { reportOnFailure: true },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
