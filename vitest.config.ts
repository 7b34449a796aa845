import { defineConfig } from "vitest/config";

/** These files change nothing that outlives them, so they share a thread: starting one costs more than most of them do. */
const sharing = [
  "test/client/**/*.test.ts",
  "test/rooms/**/*.test.ts",
  "test/mock/!(bounds|contract|prism|samples).test.ts",
  "test/description/!(generation|third-endpoint).test.ts",
  "test/rotate/**/*.test.ts",
  "test/cli/**/*.test.ts",
  "test/site/!(browser|samples).test.ts",
];

/** Samples of the last release. They are compiled, and not run. */
const kept = "test/compatibility/baseline/**";

const long = process.env.TEST_ALL ? ["test/**/*.long.ts"] : [];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: "sharing", include: sharing, isolate: false } },
      // What takes minutes has names that end in .long.ts, and belongs to `npm run test:all`.
      { extends: true, test: { name: "others", include: ["test/**/*.test.ts", ...long], exclude: [...sharing, kept] } },
    ],
    globalSetup: "test/support/temporary.ts",
    // Most tests wait for a process or a page, so more than one file a core.
    maxWorkers: 3,
    // A thread starts in less time than a process.
    pool: "threads",
    // Real servers, processes and browsers on a busy machine take their time. No test is retried.
    expect: { poll: { timeout: 60_000 } },
    // At full size, single tests kill a thousand processes or try a thousand corruptions.
    testTimeout: process.env.TEST_ALL ? 1_800_000 : 120_000,
    hookTimeout: 120_000,
  },
});
