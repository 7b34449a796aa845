import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { root } from "../support/project.js";

const read = (name: string) => readFileSync(join(root, name), "utf8");
/** The files of the project that a text names in backquotes, such as `test/client/paths.test.ts`. */
const filesIn = (text: string) =>
  [...text.matchAll(/`((?:test|openapi|src|docs)\/[^`*]+)`/g)].map(([, name = ""]) => name);

/** The titles of the tests and of their groups in a file: a text, and a function behind it. */
const titlesIn = (code: string) =>
  [...code.matchAll(/\(\s*"((?:[^"\\]|\\.)+)",\s*(?:async )?\(/g)].map(([, title = ""]) => title);

describe("SECURITY.md", () => {
  const text = read("SECURITY.md");
  const [, ...rows] = text.split("\n").filter((line) => line.startsWith("| "));

  const promises = rows.filter((row) => !row.startsWith("| ---")).map((row) => row.split(" | ").at(-1) ?? "");
  it("has a threat model", () => {
    expect(promises.length).toBeGreaterThan(10);
  });
  it.each(promises)("names tests that exist, by their files and parts of their titles: %s", (tests) => {
    for (const test of tests.split("; ")) {
      const [file = "", ...others] = filesIn(test);
      expect(file).toMatch(/^test\/.*\.test\.ts$/);
      expect(others).toEqual([]);
      const titles = [...test.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title);
      expect(titles, file).not.toEqual([]);
      for (const title of titles) expect(titlesIn(read(file)), file).toContainEqual(expect.stringContaining(title));
    }
  });
  it("is one page", () => {
    expect(text.split("\n").length).toBeLessThan(60);
  });
});

it.each(["README.md", "CONTRIBUTING.md"])("%s names files and scripts that exist", (document) => {
  const text = read(document);
  // The endpoint of the example is not there.
  const ofTheExample = ["openapi/paths/backups.yaml", "test/transcript/listing-manual-backups.yaml"];
  const names = filesIn(text).filter((name) => !ofTheExample.includes(name));
  expect(names.length).toBeGreaterThan(5);
  for (const name of names) expect(existsSync(join(root, name)), name).toBe(true);
  const named = [...text.matchAll(/`npm run ([\w:]+)/g)].map(([, script = ""]) => script);
  expect(named.length).toBeGreaterThan(3);
  const { scripts } = JSON.parse(read("package.json"));
  for (const script of named) expect(Object.keys(scripts)).toContain(script);
});

describe("CONTRIBUTING.md", () => {
  it("adds an endpoint in five steps", () => {
    const [, section = ""] = read("CONTRIBUTING.md").split("## Adding an endpoint, in five steps\n");
    const steps =
      section
        .split("\n## ")[0]
        ?.split("\n")
        .filter((line) => /^\d\. /.test(line)) ?? [];
    expect(steps.map((step) => step[0])).toEqual(["1", "2", "3", "4", "5"]);
  });
});

describe("the forms", () => {
  const folder = ".github/ISSUE_TEMPLATE";
  const forms = readdirSync(join(root, folder)).filter((name) => name !== "config.yml");
  it.each(forms)("%s has a title, a description, and a field with an ID for each answer", (name) => {
    const form = parse(read(`${folder}/${name}`));
    expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
    const fields = form.body.filter(({ type }: { type: string }) => type !== "markdown");
    expect(fields.length).toBeGreaterThan(1);
    for (const field of fields)
      expect(field).toMatchObject({ id: expect.any(String), attributes: { label: expect.any(String) } });
  });
  it("Dependabot looks after packages and actions", () => {
    const { version, updates } = parse(read(".github/dependabot.yml"));
    expect(version).toBe(2);
    const ecosystems = updates.map((update: { "package-ecosystem": string }) => update["package-ecosystem"]);
    expect(ecosystems).toEqual(["npm", "github-actions"]);
    for (const { schedule, cooldown } of updates) {
      expect(schedule.interval).toBe("weekly");
      // What is bad is often taken back within days.
      expect(cooldown["default-days"]).toBeGreaterThanOrEqual(7);
    }
    // What is ignored is installed: otherwise the line, and its reason, are out of date.
    const { devDependencies, dependencies } = JSON.parse(read("package.json"));
    const installed = Object.keys({ ...devDependencies, ...dependencies });
    for (const { "dependency-name": name } of updates[0].ignore)
      expect(installed).toContainEqual(expect.stringMatching(new RegExp(`^${name.replace("*", ".*")}$`)));
  });
  it("are the only way to open an issue, and the one for bugs asks for no secret", () => {
    expect(parse(read(`${folder}/config.yml`))).toEqual({ blank_issues_enabled: false });
    expect(forms.sort()).toEqual(["bug.yml", "description.yml"]);
    expect(read(`${folder}/bug.yml`).replace(/\s+/g, " ")).toContain("paste no token, no access key and no password");
  });
  it("a pull request says what was red before, and that its checks, its sources and its changeset are there", () => {
    const template = read(".github/pull_request_template.md");
    for (const heading of ["## What changes, and why", "## How it can be seen"]) expect(template).toContain(heading);
    const points = template.split("\n").filter((line) => line.startsWith("- [ ] "));
    const named = ["`npm test`", "`test/transcript/`", "`npx changeset`", "`npm run api`"];
    for (const name of named)
      expect(
        points.filter((point) => point.includes(name)),
        name,
      ).toHaveLength(1);
  });
  it("a changeset is for the branch that CI tests, and for a package that everybody may install", () => {
    const { access, baseBranch } = JSON.parse(read(".changeset/config.json"));
    expect(parse(read(".github/workflows/test.yml")).on.push.branches).toEqual([baseBranch]);
    expect(read(".github/workflows/release.yml")).toContain(`--access ${access}`);
  });
});

describe("the texts that ship", () => {
  const { peerDependencies } = JSON.parse(read("package.json"));
  const peer = `@stoplight/prism-http@${peerDependencies["@stoplight/prism-http"]}`;
  const guides = readdirSync(join(root, "docs/guides")).map((name) => `docs/guides/${name}`);
  const shipped = read("test/compatibility/surface/tarball.txt").trim().split("\n");

  // Other package managers than npm install a newer one than the exact peer, and that needs a newer Node.
  it.each(["README.md", ...guides])("%s installs Prism in the one version that fits", (name) => {
    const installed = read(name).match(/@stoplight\/prism-http[@\d.]*\d|@stoplight\/prism-http/g) ?? [];
    const mustSay = ["README.md", "docs/guides/0-first-call.md"].includes(name);
    expect(new Set(installed)).toEqual(new Set(installed.length > 0 || mustSay ? [peer] : []));
  });
  it.each(["README.md", "SECURITY.md"])("%s links only what is in the tarball", (name) => {
    const targets = [...read(name).matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target);
    expect(targets).not.toEqual([]);
    for (const target of targets) if (!target.startsWith("https://")) expect(shipped).toContain(target);
  });
});
