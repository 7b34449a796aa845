/** Bad input stops the build, which says where the fault is. */
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { buildSite } from "../../src/site/build.js";
import { siteFiles } from "../../src/site/files.js";
import { checkLinks } from "../../src/site/links.js";
import { sitemap } from "../../src/site/machine-files.js";
import { type Content, page } from "../../src/site/page.js";
import { copyProject } from "../support/project.js";
import { readContent } from "./built.js";

let content: Content;
let assets: Awaited<ReturnType<typeof readContent>>["assets"];
beforeAll(async () => {
  ({ content, assets } = await readContent());
});

const files = siteFiles.map(({ name }) => name);

/** The page with a text at the end of the guide to periodic backups. */
function pageWith(text: string): string {
  const further = content.guides.further.map((guide) =>
    guide.id === "periodic-backups-with-rotation" ? { ...guide, text: `${guide.text}\n\n${text}\n` } : guide,
  );
  return page({ ...content, guides: { ...content.guides, further } }, assets, undefined);
}

/** Builds that page, and checks its links. */
function withText(text: string): () => void {
  return () => checkLinks(pageWith(text), files);
}

const mjs = "[fetch](../samples/errors.mjs)";

describe("the build stops at", () => {
  it.each([
    [
      "a sample that does not exist",
      "Sample: [TypeScript](../samples/gone.ts)",
      "docs/guides/3-periodic-backups.md shows docs/samples/gone.ts, which does not exist",
    ],
    [
      "a link that says another language",
      `Sample: [Python](../samples/errors.ts), ${mjs}`,
      'says "Python", but it is TypeScript',
    ],
    [
      "a language that is left out",
      "Sample: [TypeScript](../samples/errors.ts)",
      "does not show docs/samples/errors.mjs",
    ],
    [
      "a link to a file that is not on the page",
      "See [there](../nowhere.md).",
      'the link "../nowhere.md" leads to no section',
    ],
    [
      "a link to an anchor that moved",
      "See [there](#gone).",
      'The link "#periodic-backups-with-rotation-gone" in the section "periodic-backups-with-rotation" leads nowhere',
    ],
    [
      "a link to what is an address in code only",
      'See [there](#planted).\n\n```text\n<p id="periodic-backups-with-rotation-planted">\n```',
      'The link "#periodic-backups-with-rotation-planted" in the section "periodic-backups-with-rotation" leads nowhere',
    ],
    [
      "a sample that is none",
      "Sample: none yet",
      'docs/guides/3-periodic-backups.md: a paragraph that begins with "Sample:" links to no sample',
    ],
    ["an image, which the policy of the page forbids", "![A chart](chart.png)", 'shows the image "chart.png"'],
    [
      "a link in a heading",
      "## After **[a release](../../CHANGELOG.md)**",
      'docs/guides/3-periodic-backups.md: the heading "After **[a release](../../CHANGELOG.md)**" contains a link',
    ],
    [
      "an address in a heading, which is a link, too",
      "## See https://example.com/",
      'docs/guides/3-periodic-backups.md: the heading "See https://example.com/" contains a link',
    ],
    ["HTML, which nothing checks", "<div><b>open", 'contains the HTML "<div><b>open"'],
    ["HTML within a line", "Some <b>bold</b> words.", 'contains the HTML "<b>"'],
    [
      "an address that is there twice",
      "## From cron",
      'The address "#periodic-backups-with-rotation-from-cron" is on the page twice',
    ],
  ])("%s, and says where", (_, text, reason) => {
    expect(withText(text)).toThrow(reason);
    expect(withText(text)).not.toThrow("Please report");
  });

  it("nothing else, such as a heading that names an error code, or a fence of a language that nobody knows", () => {
    const odd = "## What `DBS.200019` means\n\n```toString\nsome text\n```\n\n<!-- A comment -->";
    expect(withText(odd)).not.toThrow();
  });

  it.each([
    ["a heading of its own guide", "#from-cron", "#periodic-backups-with-rotation-from-cron"],
    ["a heading of another guide", "1-authentication.md#with-a-password", "#authentication-with-a-password"],
    ["a heading with an underscore", "#the-key-a_b", "#periodic-backups-with-rotation-the-key-a-b"],
    ["a place of the reference", "../../generated/reference.md#createManualBackup-body", "#createManualBackup-body"],
  ])("no link that leads on GitHub to %s", (_, href, address) => {
    const text = `## The key a_b\n\nSee [planted](${href}).`;
    expect(/<a href="([^"]+)">planted<\/a>/.exec(pageWith(text))?.[1]).toBe(address);
    expect(withText(text)).not.toThrow();
  });

  it("no address that is in code, however often", () => {
    const fence = "```ts\nconst row = '<tr id=\"top\">';\n```";
    expect(withText(`${fence}\n\nSo is \`<p id="top">\`.\n\n${fence}`)).not.toThrow();
  });

  it("an operation without a sample in one language", () => {
    const samples = new Map(content.samples);
    samples.set(
      "deleteManualBackup",
      (samples.get("deleteManualBackup") ?? []).filter(({ language }) => language.label !== "Python"),
    );
    const build = () => page({ ...content, samples }, assets, undefined);
    expect(build).toThrow("docs/samples/deleteManualBackup.py is missing: deleteManualBackup needs a sample in Python");
  });

  it("a guide without a title, in one sentence and with 1", async () => {
    await using project = await copyProject();
    await project.edit("docs/guides/1-authentication.md", (text) => text.slice(2));
    const { code, stderr } = await project.tsx("src/site/build.ts");
    expect(code).toBe(1);
    expect(stderr).toBe('docs/guides/1-authentication.md, line 1: a guide starts with "# " and its title.\n');
  });

  afterEach(() => void vi.unstubAllEnvs());
  it.each([
    "example.com",
    "http://example.com/",
    "https://example.com/docs",
    "https://example.com/?q=/",
    "https://example.com/#/",
  ])("a public address that is none: %s", async (address) => {
    vi.stubEnv("SITE_URL", address);
    await expect(buildSite()).rejects.toMatchObject({
      name: "Problem",
      message: expect.stringContaining(`SITE_URL is "${address}". It must be an https address that ends with a slash`),
    });
  });

  it("a public address with a password, which it does not show", async () => {
    vi.stubEnv("SITE_URL", "https://me:planted-password@example.com/");
    await expect(buildSite()).rejects.toThrow(
      /^SITE_URL contains credentials, which would be published\. Leave them out\.$/,
    );
  });
});

it("a block of JSON in a guide is called by its name", () => {
  const [first, ...others] = content.guides.further;
  if (first === undefined) throw new Error("there is no further guide");
  const changed = { ...first, text: `${first.text}\n\n\`\`\`json\n{ "planted": true }\n\`\`\`` };
  const html = page({ ...content, guides: { ...content.guides, further: [changed, ...others] } }, assets, undefined);
  expect(html).toMatch(/<p class="code-label">JSON<\/p><pre[^>]*>.*planted/);
});

it("a public address is escaped in the sitemap", () => {
  expect(sitemap(new URL("https://example.com/a&b/"))).toContain("<loc>https://example.com/a&amp;b/</loc>");
});

it("the sitemap names the pages and what search engines can read of them", () => {
  const names = [...sitemap(new URL("https://example.com/")).matchAll(/<loc>https:\/\/example\.com\/(.*?)<\/loc>/g)];
  const described = ["reference.md", "client-options.md", "command-line.md", "llms-full.txt", "openapi.json"];
  expect(names.map(([, name]) => name)).toEqual(["", "redoc.html", ...described]);
});

it("a public address is where search engines and cards look", () => {
  const html = page(content, assets, new URL("https://example.com/docs/"));
  expect(html).toContain('<link rel="canonical" href="https://example.com/docs/">');
  expect(html).toContain('<meta property="og:url" content="https://example.com/docs/">');
  expect(html).toContain('"url":"https://example.com/docs/#createManualBackup"');
});
