import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hasRelease } from "../../src/release/release-tags.js";
import { run } from "../support/project.js";

const hasGit = (await run("git", ["--version"])).code === 0;
const author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"];
let folder = "";
let clone = "";
let remote = "";

async function git(cwd: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await run("git", args, { cwd });
  expect(code, stderr).toBe(0);
}

/** Gives the clone a remote, which has the same tags. */
async function publish(): Promise<void> {
  await git(folder, "clone", "--quiet", "--bare", clone, remote);
  await git(clone, "remote", "add", "origin", remote);
}

describe.skipIf(!hasGit)("whether a version was released", () => {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "geminidb-backup-tags-"));
    [clone, remote] = [join(folder, "clone"), join(folder, "remote.git")];
    await git(folder, "init", "--quiet", clone);
    await git(clone, ...author, "commit", "--quiet", "--allow-empty", "--message", "First");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("without a remote, a version was released when a tag says so", async () => {
    expect(await hasRelease(clone)).toBe(false);
    await git(clone, "tag", "nightly");
    expect(await hasRelease(clone)).toBe(false);
    await git(clone, "tag", "v1.0.0");
    expect(await hasRelease(clone)).toBe(true);
  });

  it("with a remote that has the same tags, the same", async () => {
    await publish();
    expect(await hasRelease(clone)).toBe(false);
    await git(clone, "tag", "v1.0.0");
    await git(clone, "push", "--quiet", "origin", "v1.0.0");
    expect(await hasRelease(clone)).toBe(true);
  });

  it("a tag of the remote that the clone lacks is told, so that no release is taken for the first one", async () => {
    await git(clone, "tag", "v1.0.0");
    await git(clone, ...author, "tag", "--annotate", "--message", "Second", "v1.1.0");
    await publish();
    await git(clone, "tag", "--delete", "v1.0.0", "v1.1.0");
    await expect(hasRelease(clone)).rejects.toThrow(
      "The remote origin has the tags v1.0.0, v1.1.0, which are missing here. Run `git fetch --tags`.",
    );
  });

  it("a remote that does not answer is told, with the reason", async () => {
    await publish();
    await rm(remote, { recursive: true });
    await expect(hasRelease(clone)).rejects.toThrow(
      /^The remote origin cannot be asked for its tags, so nobody knows whether a version was released\. [\s\S]*remote\.git/,
    );
  });
});
