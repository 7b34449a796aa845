/** What a checkout and an install of the project rest on. */
import { readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, run } from "../support/project.js";

const read = (name: string) => readFileSync(join(root, name), "utf8");

it("a checkout on Windows has the same bytes, so that what is generated and packed is the same there", async (context) => {
  if ((await run("git", ["--version"])).code !== 0) return context.skip();
  const folder = await mkdtemp(join(tmpdir(), "geminidb-backup-checkout-"));
  const git = async (...args: string[]) => {
    const { code, stderr } = await run("git", ["-c", "core.autocrlf=true", "-c", "core.safecrlf=false", ...args], {
      cwd: folder,
    });
    expect(code, stderr).toBe(0);
  };
  await cp(join(root, ".gitattributes"), join(folder, ".gitattributes"));
  await writeFile(join(folder, "some.ts"), "one\ntwo\n");
  await git("init", "--quiet");
  await git("add", ".");
  await rm(join(folder, "some.ts"));
  await git("checkout", "--quiet", "--", ".");
  expect(await readFile(join(folder, "some.ts"), "utf8")).toBe("one\ntwo\n");
  await rm(folder, { recursive: true });
});

describe("an install", () => {
  const { dependencies, devDependencies, peerDependencies } = JSON.parse(read("package.json"));
  const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, Record<string, unknown>> };
  const packages = Object.entries(lock.packages).filter(([name]) => name !== "");

  it("takes exact versions, with the bytes that the lock file knows, from whichever registry somebody uses", () => {
    for (const version of Object.values({ ...dependencies, ...devDependencies, ...peerDependencies }))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(packages.length).toBeGreaterThan(500);
    for (const [name, entry] of packages) {
      expect(entry.integrity, name).toMatch(/^sha512-/);
      expect(entry, name).not.toHaveProperty("resolved");
    }
  });
  it("of one more package keeps it that way", async () => {
    // What the caller set for npm must not hide what the project sets.
    const env = Object.fromEntries(
      Object.keys(process.env).flatMap((name) => (/^npm_config_/i.test(name) ? [[name, undefined]] : [])),
    );
    const nowhere = ["--userconfig=/none/user", "--globalconfig=/none/global"];
    const { stdout } = await run(
      "npm",
      ["config", "get", "save-exact", "omit-lockfile-registry-resolved", ...nowhere],
      { env },
    );
    expect(stdout).toBe("save-exact=true\nomit-lockfile-registry-resolved=true\n");
  });
});
