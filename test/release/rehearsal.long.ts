import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyProject, run } from "../support/project.js";

const repository = "https://github.com/somebody/geminidb-backup";
let project: Awaited<ReturnType<typeof copyProject>>;
const manifest = async () => JSON.parse(await project.read("package.json"));

beforeAll(async () => {
  project = await copyProject();
  await git("init", "--quiet");
  const author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
  await git(...author, "commit", "--quiet", "--allow-empty", "--message", "First");
});
afterAll(() => project[Symbol.asyncDispose]());

async function git(...args: string[]): Promise<void> {
  const { code, stderr } = await run("git", args, { cwd: project.folder });
  expect(code, stderr).toBe(0);
}

const changeset = (bump: string) =>
  project.write(".changeset/shorter-names.md", `---\n"geminidb-backup": ${bump}\n---\n\nNames are shorter.\n`);

const changesets = async () =>
  (await readdir(join(project.folder, ".changeset"))).filter((name) => !["README.md", "config.json"].includes(name));

/** A name of so many characters is the longest from now on. */
async function shortenNames(from: number, to: number): Promise<void> {
  await project.edit("openapi/schemas/CreateManualBackupRequest.yaml", (text) =>
    text.replace(`maxLength: ${from}`, `maxLength: ${to}`),
  );
  await project.tsx("src/generate/index.ts");
}

describe("the first release, in a copy of the project", () => {
  it("takes changes into its section of the changelog, and is not ready without an address", async () => {
    await shortenNames(64, 63);
    await changeset("major");
    await project.write(".changeset/nothing.md", "---\n---\n");
    const { code, stdout, stderr } = await project.tsx("src/release/version.ts");
    expect(code, stderr).toBe(0);
    expect(stdout).toBe(
      "1.0.0 is up to date. Review what changed, and commit it. It cannot be tagged yet:\n" +
        "config.repository in package.json is empty. Set it to the address of the repository before you tag.\n",
    );
    expect((await manifest()).version).toBe("1.0.0");
    expect(await project.read("CHANGELOG.md")).toMatch(
      /^# Changelog\n\n## 1\.0\.0\n\nFirst version[\s\S]*\n\n- Names are shorter\.\n$/,
    );
    expect(await changesets()).toEqual([]);
  });

  it("is ready with an address, and its tag is refused for nothing but another repository", async () => {
    await project.edit("package.json", (text) => text.replace('"repository": ""', `"repository": "${repository}"`));
    const { stdout } = await project.tsx("src/release/version.ts");
    expect(stdout).toBe("1.0.0 is ready. Review what changed, and commit it. Then tag the commit: git tag v1.0.0\n");
    const { stderr } = await project.tsx("src/release/index.ts", "--tag", "v1.0.0");
    expect(stderr).toBe(`config.repository in package.json is "${repository}", and the workflow runs in none.\n`);
    await git("tag", "v1.0.0");
  });
});

describe("a later release, from the changeset to the tarball", () => {
  it("is refused without a changeset that asks for it", async () => {
    await shortenNames(63, 62);
    const { code, stderr } = await project.tsx("src/release/version.ts");
    expect(stderr).toBe("No changeset asks for a release, so there is none to make. `npx changeset` adds one.\n");
    expect(code).toBe(1);
  });

  it("is refused as a minor version where callers break", async () => {
    await changeset("minor");
    const { code, stderr } = await project.tsx("src/release/version.ts");
    expect(stderr).toContain("A changeset must say at least what stands before each of these changes:\n");
    expect(stderr).toContain("\nmajor: `maxLength` of `name` changed from '63' to '62'.");
    expect(code).toBe(1);
    expect((await manifest()).version).toBe("1.0.0");
  });

  it("turns the changeset into a version, and a line of the changelog", async () => {
    await changeset("major");
    const { code, stderr } = await project.tsx("src/release/version.ts");
    expect(code, stderr).toBe(0);
    expect((await manifest()).version).toBe("2.0.0");
    expect(JSON.parse(await project.read("package-lock.json")).version).toBe("2.0.0");
    expect(await project.read("generated/operations.js")).toContain('packageVersion = "2.0.0"');
    expect(JSON.parse(await project.read("generated/openapi.json")).info.version).toBe("2.0.0");
    const { stdout: help } = await run(process.execPath, ["dist/cli/index.js", "--version"], { cwd: project.folder });
    expect(help.trim()).toBe("2.0.0");
    expect(await project.read("CHANGELOG.md")).toMatch(
      /^# Changelog\n\n## 2\.0\.0\n\n### Major Changes\n\n- .*Names are shorter\.\n/,
    );
    expect(await changesets()).toEqual([]);
    expect(await readdir(join(project.folder, "test/compatibility/baseline"))).toEqual(["2.0.0"]);
  });

  it("is refused under another tag, or in another repository", async () => {
    const { code, stderr } = await project.tsx("src/release/index.ts", "--tag", "v1.9.0");
    expect(stderr).toBe(
      `The tag is v1.9.0, and the version is 2.0.0.\nconfig.repository in package.json is "${repository}", and the workflow runs in none.\n`,
    );
    expect(code).toBe(1);
  });

  it("packs twice the same, with its addresses, its parts, its notes and its page", async () => {
    const args = ["--import", "tsx", "src/release/index.ts", "--tag", "v2.0.0"];
    const env = { REPOSITORY: repository, SITE_URL: "https://somebody.github.io/geminidb-backup/" };
    const { code, stderr } = await run(process.execPath, args, { cwd: project.folder, env });
    expect(code, stderr).toBe(0);
    const made = join(project.folder, "dist/release");
    const names = ["docs-2.0.0.tgz", "geminidb-backup-2.0.0.tgz", "notes.md", "sbom.cdx.json"];
    expect((await readdir(made)).sort()).toEqual(names);
    const text = async (archive: string, file: string) =>
      (await run("tar", ["-xzOf", join(made, archive), file], { cwd: made })).stdout;
    expect(JSON.parse(await text("geminidb-backup-2.0.0.tgz", "package/package.json"))).toMatchObject({
      repository: { type: "git", url: `git+${repository}.git` },
      homepage: `${repository}#readme`,
      bugs: `${repository}/issues`,
    });
    expect(await text("docs-2.0.0.tgz", "./sitemap.xml")).toContain(
      "https://somebody.github.io/geminidb-backup/2.0.0/",
    );
    expect(await readFile(join(made, "notes.md"), "utf8")).toMatch(/^### Major Changes\n\n- .*Names are shorter\.\n$/);
    const sbom = JSON.parse(await readFile(join(made, "sbom.cdx.json"), "utf8"));
    expect(sbom.metadata.component).toMatchObject({ name: "geminidb-backup", version: "2.0.0" });
    expect(sbom.components.map(({ name }: { name: string }) => name)).toEqual([
      "openapi-fetch",
      "openapi-typescript-helpers",
    ]);
  });
});
