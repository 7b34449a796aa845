import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { generate, staleness, write } from "../../src/generate/generate.js";
import { copyProject, root, run, runTsx } from "../support/project.js";

type Project = Awaited<ReturnType<typeof copyProject>>;

/** What the generator makes of the description as it is. */
let files: Map<string, string>;
beforeAll(async () => {
  files = await generate(root);
});

async function snapshot(project: Project): Promise<Record<string, string>> {
  const names = await readdir(join(project.folder, "generated"));
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await project.read(`generated/${name}`)])),
  );
}

describe("npm run generate", () => {
  it("stops at an invalid description with the reason, without a stack, and leaves generated/ as it was", async () => {
    await using project = await copyProject();
    const before = await snapshot(project);
    await project.edit("openapi/openapi.yaml", (text) => text.replace("paths/backup.yaml", "paths/gone.yaml"));
    const { code, stderr } = await project.tsx("src/generate/index.ts");
    expect(code).toBe(1);
    expect(stderr).toMatch(/openapi\.yaml:\s+\d+:\d+ .*gone\.yaml/s);
    expect(stderr).toContain("Nothing in generated/ was changed.");
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await snapshot(project)).toEqual(before);
  });

  it("says what it removed", async () => {
    await using project = await copyProject();
    await project.write("generated/leftover.js", "");
    const { code, stdout } = await project.tsx("src/generate/index.ts");
    expect(code).toBe(0);
    expect(stdout).toContain("\nRemoved, because nothing generates it: leftover.js\n");
  });

  it("writes all files or none: where one cannot be written, generated/ and the project stay as they were", async () => {
    await using project = await copyProject();
    await project.write("generated/leftover.js", "");
    const before = [await snapshot(project), await readdir(project.folder)];
    const unwritable = new Map([...files, ["schema.d.ts", "changed"], ["no-folder/late.js", ""]]);
    await expect(write(project.folder, unwritable)).rejects.toMatchObject({
      name: "Problem",
      message: expect.stringMatching(
        /^generated\/ cannot be written: ENOENT.*late\.js.*\n\nNothing in generated\/ was changed\.$/,
      ),
    });
    expect([await snapshot(project), await readdir(project.folder)]).toEqual(before);
  });

  it("does not say that nothing was changed once something was", async () => {
    await using project = await copyProject();
    // A folder stands where the second file belongs.
    await mkdir(join(project.folder, "generated/zz.js/inside"), { recursive: true });
    const changed = new Map([...files, ["openapi.json", "{}"], ["zz.js", ""]]);
    await expect(write(project.folder, changed)).rejects.toMatchObject({
      name: "Problem",
      message: expect.stringMatching(/^generated\/ cannot be written: .*zz\.js.*\n\nIt may be incomplete: fix that/),
    });
    expect(await project.read("generated/openapi.json")).toBe("{}");
    expect((await readdir(project.folder)).filter((name) => name.startsWith(".generated-"))).toEqual([]);
  });

  it("refuses an unknown option in one sentence", async () => {
    const { code, stdout, stderr } = await runTsx("src/generate/index.ts", "--chek");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr.split("\n")[0]).toBe("generate: Unknown option '--chek'. The only option is --check.");
  });
});

describe("the generator", () => {
  it("marks every file as generated", () => {
    for (const [name, text] of files) {
      if (!name.endsWith(".json"))
        expect(text.slice(0, 120), name).toContain("Generated from openapi/ by `npm run generate`. Do not edit.");
    }
  });

  it.each([
    ["broken YAML", "openapi/paths/backup.yaml", (text: string) => `${text}  - : : [\n`, /backup\.yaml/],
    [
      "an operation without a tag",
      "openapi/paths/backup.yaml",
      (text: string) => text.replace("  tags: [Backups]\n", ""),
      /An operation has exactly one tag: its place in the docs\./,
    ],
    [
      "an unknown value of an extension",
      "openapi/examples/error.DBS.200019.yaml",
      (text: string) => text.replace("reason: busy", "reason: sometimes"),
      /error\.DBS\.200019\.yaml: x-transient\.reason is "sometimes"\. Allowed are busy, throttled, server, token\./,
    ],
    [
      "what nothing here supports",
      "openapi/paths/backup.yaml",
      (text: string) => text.replace("delete:\n", "delete:\n  servers: [{ url: https://other.invalid }]\n"),
      /operation deleteManualBackup: servers has no effect here\. They are stated once, at the top of/,
    ],
    [
      "a schema that refers to itself",
      "openapi/schemas/DatabaseTableInfo.yaml",
      (text: string) => text.replace("properties:\n", "properties:\n  inner:\n    $ref: DatabaseTableInfo.yaml\n"),
      /openapi\/schemas\/DatabaseTableInfo\.yaml: the schema refers to itself, which is not supported\./,
    ],
  ])("stops at %s, and says where", async (_, file, change, reason) => {
    await using project = await copyProject();
    await project.edit(file, change);
    await expect(generate(project.folder)).rejects.toMatchObject({
      name: "Problem",
      message: expect.stringMatching(reason),
    });
  });
});

describe("the check", () => {
  it("says what is stale, missing or should not be there, and how to mend it", async () => {
    await using project = await copyProject();
    expect(await staleness(project.folder, files)).toEqual([]);
    await project.edit("generated/schema.d.ts", (text) => `${text}// by hand\n`);
    await rm(join(project.folder, "generated/reference.md"));
    await project.write("generated/leftover.js", "");
    expect(await staleness(project.folder, files)).toEqual([
      "generated/leftover.js should not be there: nothing generates it. Delete it.",
      "generated/schema.d.ts differs from what openapi/ and package.json give. Run `npm run generate` and commit it.",
      "generated/reference.md is missing. Run `npm run generate` and commit it.",
    ]);
    expect(await write(project.folder, files)).toEqual(["leftover.js"]);
    expect(await staleness(project.folder, files)).toEqual([]);
  });

  it("notices a changed fact, and ends with 1", async () => {
    await using project = await copyProject();
    await project.edit("openapi/schemas/CreateManualBackupRequest.yaml", (text) =>
      text.replace(/maxLength: \d+/, "maxLength: 65"),
    );
    const { code, stderr } = await project.tsx("src/generate/index.ts", "--check");
    expect(code).toBe(1);
    expect(stderr).toContain("generated/validators.js differs from what openapi/ and package.json give.");
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
    // One guide and the settings: a look at all files is what `npm run lint` itself is for.
    const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-lint-"));
    await cp(join(root, "package.json"), join(folder, "package.json"));
    await mkdir(join(folder, "docs/guides"), { recursive: true });
    await writeFile(join(folder, "docs/guides/1-authentication.md"), `# Authentication\n\n${text}`);
    const { code, stdout, stderr } = await run(process.execPath, [join(root, "node_modules", program)], {
      cwd: folder,
    });
    expect(code).toBe(1);
    expect(stdout + stderr).toMatch(complaint);
  });
});

it("scores at least 93 with redocly score, as source and as bundle", async () => {
  for (const description of ["openapi/openapi.yaml", "generated/openapi.json"]) {
    const { stdout } = await run(
      process.execPath,
      [join(root, "node_modules/@redocly/cli/bin/cli.js"), "score", description, "--format=json"],
      { env: { REDOCLY_TELEMETRY: "off" } },
    );
    expect((JSON.parse(stdout) as { agentReadiness: number }).agentReadiness, description).toBeGreaterThanOrEqual(93);
  }
});
