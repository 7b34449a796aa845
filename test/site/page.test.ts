/** What stands on the page, read from its file: no browser is needed for that. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { beforeAll, describe, expect, it } from "vitest";
import { root, run } from "../support/project.js";
import { cli } from "../support/serve.js";
import { deleting, documentedErrors, documents, exampleUri, requestProperties } from "../support/transcript.js";
import { built, siteFolder, textOf } from "./built.js";

let page: string;
let text: string;
beforeAll(async () => {
  page = await built("index.html");
  text = textOf(page);
});

describe("the page, without JavaScript", () => {
  it.each(documents)("tells every fact of the document of $operation", (document) => {
    const { uri, instances, response } = document;
    const [method = "", path = ""] = uri.split(" ");
    const names = [document["path parameters"], document["body parameters"] ?? {}, response.parameters ?? {}];
    const facts = [method, path, String(response.status), "X-Auth-Token", ...instances, ...names.flatMap(Object.keys)];
    for (const fact of facts) expect(text).toContain(fact);
    for (const value of Object.values(exampleUri(document).parameters)) expect(text).toContain(value);
  });

  it("tells limits, permissions and regions", () => {
    const permissions = Object.values(deleting.authorization ?? {}).filter((cell) => cell.includes(":"));
    const { name, description } = requestProperties;
    const facts = [
      `${name.minLength} to ${name.maxLength} characters`,
      `at most ${description.maxLength} characters`,
      ">!<\"&'=",
      "database_name",
      "table_names",
      "eu-west-101",
    ];
    for (const fact of [...facts, ...permissions]) expect(text).toContain(fact);
    expect(text).toContain("https://iam.ap-southeast-1.myhuaweicloud.com");
    expect(text).toContain("https://iam.eu-west-101.myhuaweicloud.eu");
  });

  it("has a row for each error code, under an address that is the code", () => {
    for (const { code, error_msg } of documentedErrors) {
      const row = page.split(`<tr id="${code}">`)[1]?.split("</tr>")[0];
      expect(row, code).toBeDefined();
      expect(text).toContain(error_msg);
    }
    expect(documentedErrors.length).toBeGreaterThan(30);
  });

  it("says of each error code whether to repeat, and never both no and yes", () => {
    const rows = [...page.matchAll(/<tr id="[^"]+">([\s\S]*?)<\/tr>/g)].map(([, row = ""]) => row);
    const answerTo = (code: string, status: string) => {
      const row = rows.find((one) => one.includes(`<code>${code}</code>`) && one.includes(`>${status}</td>`));
      return textOf(row?.split('data-label="Repeat?">')[1] ?? "").trim();
    };
    for (const { code, status, transient } of documentedErrors) {
      const answer = answerTo(code, status);
      if (transient) expect(answer, `${code} ${status}`).toMatch(/yes/i);
      else expect(answer, `${code} ${status}`).toMatch(/^(No\.|Later\.|Yes, with a new token\.)$/);
    }
    const busy = page.split('<tr id="DBS.200019">')[1]?.split("</tr>")[0] ?? "";
    expect(textOf(busy)).toContain("Yes, after 10 s or more");
  });

  it("says of each error code what the reference says", async () => {
    const reference = await built("reference.md");
    const rows = [...reference.matchAll(/^\| <a id="([^"]+)"><\/a>.*$/gm)];
    expect(rows.length).toBeGreaterThan(30);
    for (const [row, id = ""] of rows) {
      const [, , , , , repeat = ""] = row.split("|").map((cell) => cell.trim());
      const shown = page.split(`<tr id="${id}">`)[1]?.split("</tr>")[0]?.split('data-label="Repeat?">')[1];
      expect(textOf(shown ?? "").trim(), id).toBe(repeat.replaceAll("`", ""));
    }
  });

  it("links every error code in its texts to the catalogue", () => {
    const main = page.split("<main>")[1] ?? "";
    const texts = main.replace(/<(pre|q|a|script)\b.*?<\/\1>/gs, "").replace(/<[^>]*>/g, " ");
    expect(texts.match(/\b(?:DBS|APIGW)\.\d+/g)).toBeNull();
  });

  it("links the codes of a status to what they mean under this status", () => {
    const rows = [...page.matchAll(/<tr id="\w+-(4\d\d|5\d\d)">.*?<\/tr>/gs)];
    expect(rows.length).toBeGreaterThan(10);
    for (const [row, status = ""] of rows) {
      const links = [...row.matchAll(/<a href="#([^"]+)"><code>((?:DBS|APIGW)\.\d+)<\/code>/g)];
      expect(links.length, row).toBeGreaterThan(0);
      for (const [, id, code] of links.filter(([link]) => row.indexOf(link) > row.lastIndexOf("data-label"))) {
        const target = textOf(page.split(`<tr id="${id}">`)[1]?.split("</tr>")[0] ?? "");
        expect(target, `${status} ${id}`).toContain(`${code}`);
        expect(target, `${status} ${id}`).toMatch(new RegExp(`\\b${status}\\b`));
      }
    }
  });

  it("keeps the addresses of its sections, which others link to", () => {
    const ids = [...page.matchAll(/<h[12] id="([^"]+)"/g)].map(([, id]) => id);
    const promised = [
      "top",
      "a-first-call",
      "createManualBackup",
      "deleteManualBackup",
      "error-codes",
      "servers",
      "security-schemes",
      "authentication",
      "errors-and-retries",
      "periodic-backups-with-rotation",
      "testing-against-the-mock",
      "proxies-and-large-tokens",
      "following-a-job-to-its-end",
      "client-options",
      "errata-and-additions",
      "faults",
      "changelog",
    ];
    for (const id of promised) expect(ids).toContain(id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("names the heading levels in order", () => {
    const levels = [...page.matchAll(/<h(\d)[ >]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it("shows the options of the client from the doc comments of its types", () => {
    for (const fact of [
      "ClientOptions",
      "maxResponseBytes",
      "1048576",
      "allowInsecure",
      "onRetry",
      "PasswordTokenOptions",
    ])
      expect(text).toContain(fact);
  });

  it("weighs at most 60 kB compressed, with styles and scripts", () => {
    expect(gzipSync(page, { level: 9 }).length).toBeLessThanOrEqual(60_000);
    expect(page).not.toMatch(/<(?:script|link|img)[^>]+(?:src|rel="stylesheet")/);
  });
});

describe("the page is valid", () => {
  it("for html-validate", async () => {
    const validator = new HtmlValidate({
      extends: ["html-validate:recommended"],
      rules: { "valid-id": ["error", { relaxed: true }] },
    });
    const { results } = await validator.validateString(page);
    const messages = results.flatMap((result) => result.messages.map(({ line, message }) => `${line}: ${message}`));
    expect(messages).toEqual([]);
  });

  const java = spawnSync("java", ["-version"]).status === 0;
  it.runIf(java || process.env.CI)("for the validator of the W3C", async () => {
    const jar = join(root, "node_modules/vnu-jar/build/dist/vnu.jar");
    // The process is short-lived, so that the thorough compiler of Java costs more than it saves.
    const quick = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss16m"];
    const page = join(siteFolder, "index.html");
    const { stdout, stderr, code } = await run("java", [...quick, "-jar", jar, "--stdout", page]);
    expect(stdout + stderr).toBe("");
    expect(code).toBe(0);
  });
});

describe("the files for machines", () => {
  it("say everything in one file, with samples and without padding and HTML", async () => {
    const full = await built("llms-full.txt");
    expect(full).toContain("### Samples\n\nTypeScript:\n\n```typescript\nimport { createClient }");
    expect(full).toContain("opener = urllib.request.build_opener(NoRedirect)");
    expect(full).not.toMatch(/<a id=|<details|^\|.* {2,}\|/m);
    // Published alone, the file has no neighbours that a link could lead to.
    expect(full.match(/\]\((?!https:)[^)\s]+\)/g)).toBeNull();
    for (const { code } of documentedErrors) expect(full).toContain(code);
  });

  it("name each other", async () => {
    const index = await built("llms.txt");
    for (const [, file = ""] of index.matchAll(/\]\(([^)]+)\)/g))
      expect((await built(file)).length).toBeGreaterThan(100);
    expect(JSON.parse(await built("openapi.json"))).toHaveProperty("openapi", "3.1.0");
    expect(await built("openapi.yaml")).toMatch(/^openapi: 3\.1\.0\n/);
  });

  it("describe the page for search engines", () => {
    const [, data = ""] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(data)["@type"]).toEqual(["APIReference", "TechArticle"]);
    expect(page).not.toContain('rel="canonical"');
  });
});

describe("the command line", () => {
  it.each(["create", "delete", "rotate", "mock"])("%s is explained as by --help of what ships", async (command) => {
    const { stdout } = await run(process.execPath, [cli, command, "--help"]);
    expect(await built("command-line.md")).toContain(stdout.trim());
    expect(text).toContain(`geminidb-backup ${command} --help`);
  });
});
