import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copyProject, root, run } from "../support/project.js";

const generator = "src/generate/index.ts";
async function snapshot(project: Awaited<ReturnType<typeof copyProject>>): Promise<Record<string, string>> {
  const names = await readdir(join(project.folder, "generated"));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await project.read(`generated/${name}`)])),
  );
}

describe("npm run generate", () => {
  it("changes nothing when it runs again, and takes less than 10 s", async () => {
    await using project = await copyProject();
    const before = await snapshot(project);
    // The best of three: other tests run at the same time.
    let best = Number.POSITIVE_INFINITY;
    for (let i = 0; i < 3 && best > 10_000; i++) {
      const started = performance.now();
      expect(await project.tsx(generator)).toMatchObject({ code: 0 });
      best = Math.min(best, performance.now() - started);
    }
    expect(best).toBeLessThan(10_000);
    expect(await snapshot(project)).toEqual(before);
  });

  it("marks every file as generated", async () => {
    await using project = await copyProject();
    for (const [name, text] of Object.entries(await snapshot(project))) {
      if (name !== "openapi.json")
        expect(text.slice(0, 120), name).toContain("Generated from openapi/ by `npm run generate`. Do not edit.");
    }
  });

  it.each([
    [
      "a reference to a file that is missing",
      "openapi/openapi.yaml",
      (text: string) => text.replace("paths/backup.yaml", "paths/gone.yaml"),
      /openapi\.yaml:\s+\d+:\d+ .*gone\.yaml/s,
    ],
    ["broken YAML", "openapi/paths/backup.yaml", (text: string) => `${text}  - : : [\n`, /backup\.yaml/],
    [
      "an example that breaks its schema",
      "openapi/examples/createManualBackup.tables.request.yaml",
      (text: string) => text.replace("name: Creating_a", "name: Creating a"),
      /pattern/,
    ],
    [
      "an operationId against the house rules",
      "openapi/paths/backup.yaml",
      (text: string) => text.replace("deleteManualBackup\n", "Delete-Backup\n"),
      /verb and a resource/,
    ],
  ])("stops at %s, says where, and leaves generated/ as it was", async (_, file, change, reason) => {
    await using project = await copyProject();
    const before = await snapshot(project);
    await project.edit(file, change);
    const { code, stderr } = await project.tsx(generator);
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await snapshot(project)).toEqual(before);
  });
});

describe("npm run lint", () => {
  it.each([
    ["spelling", "cspell/bin.mjs", "Set a tokne.\n", /1-authentication\.md:\d+:\d+ - Unknown word \(tokne\)/],
    [
      "Markdown style",
      "markdownlint-cli2/markdownlint-cli2-bin.mjs",
      "#No space\n",
      /1-authentication\.md:\d+:1 error MD018/,
    ],
  ])("looks at %s", async (_, program, text, complaint) => {
    await using project = await copyProject();
    await project.edit("docs/guides/1-authentication.md", (guide) => `${guide}\n${text}`);
    const { code, stdout, stderr } = await run(process.execPath, [join(root, "node_modules", program)], {
      cwd: project.folder,
    });
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(complaint);
  });
});

describe("the check", () => {
  it("says what is stale, missing or should not be there, and how to mend it", async () => {
    await using project = await copyProject();
    await project.edit("generated/schema.d.ts", (text) => `${text}// by hand\n`);
    await run("rm", [join(project.folder, "generated/reference.md")]);
    await project.write("generated/leftover.js", "");
    const { code, stderr } = await project.tsx(generator, "--check");
    expect(code).toBe(1);
    expect(stderr).toContain(
      "generated/schema.d.ts is stale: openapi/ says something else. Run `npm run generate` and commit it.",
    );
    expect(stderr).toContain("generated/reference.md is missing. Run `npm run generate` and commit it.");
    expect(stderr).toContain("generated/leftover.js should not be there: nothing generates it. Delete it.");
  });

  it("notices a changed fact", async () => {
    await using project = await copyProject();
    await project.edit("openapi/schemas/CreateManualBackupRequest.yaml", (text) =>
      text.replace("maxLength: 64", "maxLength: 65"),
    );
    const { code, stderr } = await project.tsx(generator, "--check");
    expect(code).toBe(1);
    expect(stderr).toContain("generated/validators.js is stale");
  });
});

it("scores at least 95 with redocly score, as source and as bundle", async () => {
  for (const description of ["openapi/openapi.yaml", "generated/openapi.json"]) {
    const { stdout } = await run(
      process.execPath,
      [join(root, "node_modules/@redocly/cli/bin/cli.js"), "score", description, "--format=json"],
      { env: { REDOCLY_TELEMETRY: "off" } },
    );
    expect((JSON.parse(stdout) as { agentReadiness: number }).agentReadiness, description).toBeGreaterThanOrEqual(95);
  }
});
