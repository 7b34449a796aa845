import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyProject, run } from "../support/project.js";

const repository = "https://github.com/somebody/geminidb-backup";
let project: Awaited<ReturnType<typeof copyProject>>;
const manifest = async () => JSON.parse(await project.read("package.json"));

beforeAll(async () => {
  project = await copyProject();
  await project.edit("package.json", (text) => text.replace('"repository": ""', `"repository": "${repository}"`));
  // A name of 64 characters is refused from now on.
  await project.edit("openapi/schemas/CreateManualBackupRequest.yaml", (text) =>
    text.replace("maxLength: 64", "maxLength: 63"),
  );
  await project.tsx("src/generate/index.ts");
});
afterAll(() => project[Symbol.asyncDispose]());

const changeset = (bump: string) =>
  project.write(".changeset/shorter-names.md", `---\n"geminidb-backup": ${bump}\n---\n\nNames are shorter.\n`);

describe("a release, from the changeset to the tarball, in a copy of the project", () => {
  it("is refused without a changeset", async () => {
    const { code, stderr } = await project.tsx("src/release/version.ts");
    expect(stderr).toBe("There is no changeset, so nothing is to be released. `npx changeset` adds one.\n");
    expect(code).toBe(1);
  });

  it("is refused as a minor version where callers break", async () => {
    await changeset("minor");
    const { code, stderr } = await project.tsx("src/release/version.ts");
    expect(stderr).toContain('a changeset must say "major":');
    expect(stderr).toContain("`maxLength` of `name` changed from '64' to '63'.");
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
    expect(await project.read("CHANGELOG.md")).toMatch(
      /^# Changelog\n\n## 2\.0\.0\n\n### Major Changes\n\n- .*Names are shorter\.\n/,
    );
    expect(await readdir(join(project.folder, ".changeset"))).toEqual(["README.md", "config.json"]);
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
