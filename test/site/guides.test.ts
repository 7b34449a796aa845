import { expect, it } from "vitest";
import { copyProject } from "../support/project.js";

it.each([
  [
    "a guide that shows a sample which does not exist",
    "docs/guides/1-authentication.md",
    (text: string) => `${text}\n<!-- samples: docs/samples/gone -->\n<!-- /samples -->\n`,
    /docs\/guides\/1-authentication\.md shows docs\/samples\/gone\.ts, which does not exist/,
  ],
  [
    "samples without an end",
    "docs/guides/6-following-a-job.md",
    (text: string) => text.replace("<!-- /samples -->", ""),
    /6-following-a-job\.md: the samples docs\/samples\/follow-job have no end/,
  ],
  [
    "a link to an anchor that moved",
    "docs/guides/1-authentication.md",
    (text: string) => `${text}\nSee [there](#gone).\n`,
    /The link "#gone" in the section "authentication" leads nowhere/,
  ],
  [
    "a guide without a title",
    "docs/guides/1-authentication.md",
    (text: string) => text.slice(2),
    /docs\/guides\/1-authentication\.md, line 1: a guide starts with/,
  ],
])("the build stops at %s, and says where", async (_, file, change, reason) => {
  await using project = await copyProject();
  await project.edit(file, change);
  const { code, stderr } = await project.tsx("src/site/build.ts");
  expect(code).toBe(1);
  expect(stderr).toMatch(reason);
  expect(stderr).not.toMatch(/\n\s+at /);
});
