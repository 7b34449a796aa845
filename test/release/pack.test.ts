import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { releaseNotes } from "../../src/release/changelog.js";
import { pendingBump } from "../../src/release/changesets.js";
import { type Manifest, readManifest } from "../../src/release/manifest.js";
import { pack, packageAddresses, packedFiles, unexpectedFiles } from "../../src/release/pack.js";
import { sbom } from "../../src/release/sbom.js";
import { readReport } from "../../src/release/surface.js";
import { checkTag } from "../../src/release/tag.js";
import { tryTarball } from "../../src/release/try-tarball.js";
import { run } from "../support/project.js";

const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-pack-"));
afterAll(() => rm(folder, { recursive: true }));
const repository = "https://github.com/somebody/geminidb-backup";
const manifest = await readManifest();
/** What is said as well while a changeset waits for its release. */
const waiting =
  (await pendingBump()) === "none" ? "" : "There are changesets. Run `npm run release:version` before you tag.\n";
const published = { ...manifest, config: { repository } };

describe("the tarball of a release", () => {
  let files: string[] = [];
  let tarball = "";
  beforeAll(async () => {
    files = await packedFiles();
    tarball = await pack(published, files, folder);
  });
  const shippedManifest = async () => {
    const { stdout } = await run("tar", ["-xzOf", tarball, "package/package.json"]);
    return JSON.parse(stdout) as Record<string, unknown>;
  };

  it("has the same bytes when it is packed twice", async () => {
    const first = await readFile(tarball);
    await rm(tarball);
    expect(await pack(published, files, folder)).toBe(tarball);
    expect(first.equals(await readFile(tarball))).toBe(true);
  });

  it("ships the files of the committed list, and nothing else", async () => {
    const { stdout } = await run("tar", ["-tzf", tarball]);
    const shipped = stdout.trim().split("\n").sort();
    const listed = (await readReport("tarball.txt")).trim().split("\n");
    expect(shipped).toEqual(listed.map((file) => `package/${file}`).sort());
    expect(basename(tarball)).toBe(`${manifest.name}-${manifest.version}.tgz`);
  });

  it("leaves out of package.json only what is for work on the project", async () => {
    const shipped = await shippedManifest();
    const omitted = Object.keys(manifest).filter((field) => !(field in shipped));
    expect(omitted.sort()).toEqual([
      "allowScripts",
      "config",
      "cspell",
      "devDependencies",
      "markdownlint-cli2",
      "scripts",
    ]);
    for (const field of Object.keys(manifest).filter((one) => one in shipped))
      expect(shipped[field], field).toEqual(manifest[field as keyof typeof manifest]);
  });

  it("has the addresses that follow from the one setting", async () => {
    expect(await shippedManifest()).toMatchObject({
      version: manifest.version,
      repository: { type: "git", url: `git+${repository}.git` },
      homepage: `${repository}#readme`,
      bugs: `${repository}/issues`,
    });
  });

  it.each<[string, Partial<Manifest>, RegExp]>([
    ["command", { bin: { [manifest.name]: "dist/cli/none.js" } }, /geminidb-backup --help failed/],
    ["client", { exports: { ".": "./dist/client/none.js" } }, /Cannot find module/],
  ])("is installed before it is published, and refused where its %s is not there", async (what, fields, reason) => {
    const broken = await pack({ ...published, ...fields }, files, join(folder, what));
    await expect(tryTarball(broken, manifest)).rejects.toThrow(reason);
  });
});

describe("the list of what ships", () => {
  it("tells a file too many, and one too few", () => {
    expect(unexpectedFiles(["README.md", "dist/a.js"], ["README.md", ".env"])).toEqual([
      "The tarball ships .env, which is not in the list.",
      "The tarball lacks dist/a.js, which is in the list.",
    ]);
    expect(unexpectedFiles(["README.md"], ["README.md"])).toEqual([]);
  });
});

describe("the setting config.repository", () => {
  it("gives no address as long as it is empty", () => {
    expect(packageAddresses("")).toEqual({});
  });
  it.each(["github.com/a/b", "http://github.com/a/b", "https://github.com/a/b/"])("is refused as %s", (address) => {
    expect(() => packageAddresses(address)).toThrow(
      `config.repository in package.json is "${address}". It must be empty, or`,
    );
  });
});

describe("a tag", () => {
  it("is refused with another version, and for another repository than the setting names", async () => {
    await expect(checkTag("v0.0.1", published, "https://github.com/other/fork")).rejects.toThrow(
      `The tag is v0.0.1, and the version is ${manifest.version}.\n${waiting}` +
        `config.repository in package.json is "${repository}", and the workflow runs in https://github.com/other/fork.`,
    );
    const own = checkTag(`v${manifest.version}`, published, repository);
    await (waiting === "" ? expect(own).resolves.toBeUndefined() : expect(own).rejects.toThrow(waiting.trim()));
  });
  it("is refused for a pre-release", async () => {
    const next = { ...published, version: "1.1.0-next.0" };
    await expect(checkTag("v1.1.0-next.0", next, repository)).rejects.toThrow(
      "1.1.0-next.0 is a pre-release, and only full versions such as 1.2.3 are published.",
    );
  });
  it("is refused without an address, also where the workflow knows none", async () => {
    const unpublished = { ...manifest, config: { repository: "" } };
    await expect(checkTag(`v${manifest.version}`, unpublished, "")).rejects.toThrow(
      "config.repository in package.json is empty. Set it to the address of the repository before you tag.",
    );
  });
});

it("the SBOM is CycloneDX, and lists what the package brings along, with hashes", async () => {
  const document = JSON.parse(await sbom(manifest));
  expect(document.bomFormat).toBe("CycloneDX");
  expect(document.metadata.component).toMatchObject({ name: manifest.name, version: manifest.version });
  const parts = document.components as { name: string; hashes: unknown[] }[];
  expect(parts.map(({ name }) => name)).toEqual(["openapi-fetch", "openapi-typescript-helpers"]);
  for (const { hashes } of parts) expect(hashes).toHaveLength(1);
});

it("the notes of a version are its section of the changelog", async () => {
  expect(await releaseNotes(manifest.version)).not.toContain("#");
  await expect(releaseNotes("9.9.9")).rejects.toThrow('CHANGELOG.md has no section "## 9.9.9".');
});
