import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // What takes minutes has names that end in .long.ts, and belongs to `npm run test:all`.
    include: ["test/**/*.test.ts", ...(process.env.TEST_ALL ? ["test/**/*.long.ts"] : [])],
    // Most tests wait for a process or a page, so more than one file a core.
    maxWorkers: 3,
    // Real servers, processes and browsers on a busy machine take their time. No test is retried.
    coverage: { reportOnFailure: true },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
