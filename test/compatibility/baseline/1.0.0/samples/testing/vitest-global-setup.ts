import { type Mock, startMock } from "geminidb-backup/mock";
import type { TestProject } from "vitest/node";

let mock: Mock;

/**
 * One mock for all test files, in the process that Vitest starts first. The files share its replies and its record, so they
 * run one after another: `test: { globalSetup: "…/vitest-global-setup.ts", fileParallelism: false }`.
 */
export async function setup(project: TestProject): Promise<void> {
  mock = await startMock({ control: true });
  project.provide("mockUrl", mock.url);
}

export async function teardown(): Promise<void> {
  await mock.close();
}

declare module "vitest" {
  export interface ProvidedContext {
    mockUrl: string;
  }
}
