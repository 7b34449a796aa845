/** What stands on the page, read from its file: no browser is needed for that. */
import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { beforeAll, describe, expect, it } from "vitest";
import { catalogue } from "../../generated/catalogue.js";
import { root, run } from "../support/project.js";
import { cli } from "../support/serve.js";
import { deleting, documentedErrors, documents, exampleUri, requestProperties } from "../support/transcript.js";
import { documentedServers, expectedFacts, fieldsOf } from "../support/transcript-facts.js";
import { expectedSentences } from "../support/transcript-sentences.js";
import { built, decode, sectionText, siteFolder, textOf } from "./built.js";

let page: string;
let text: string;
beforeAll(async () => {
  page = await built("index.html");
  text = textOf(page);
});

const section = (id: string) => sectionText(page, id);

/** Whether a table says of each of its fields that it is required, by name. */
function requirements(caption: string): Record<string, boolean> {
  const table = page.split(`<caption>${caption}</caption>`)[1]?.split("</table>")[0] ?? "";
  const cells = [...table.matchAll(/<tr[^>]*><td>(.*?)<\/td>/gs)].map(([, cell = ""]) => textOf(cell).trim());
  return Object.fromEntries(
    cells.map((cell) => {
      const [, name = cell, word] = /^(\S+) .*, (required|optional)$/.exec(cell) ?? [];
      expect(word, `${caption}: ${cell}`).toBeDefined();
      return [name, word === "required"];
    }),
  );
}

describe("the page, without JavaScript", () => {
  it.each(documents)("tells every fact of the document of $operation", (document) => {
    const { uri, instances, response } = document;
    const [method = "", path = ""] = uri.split(" ");
    const names = [document["path parameters"], document["body parameters"] ?? {}, response.parameters ?? {}];
    const facts = [method, path, String(response.status), "X-Auth-Token", ...instances, ...names.flatMap(Object.keys)];
    const told = section(document.operation);
    for (const fact of [...facts, ...Object.values(exampleUri(document).parameters)]) expect(told).toContain(fact);
  });

  it.each([
    ["createManualBackup", "CreateManualBackupRequest"],
    ["createManualBackup", "CreateManualBackupResponse"],
    ["deleteManualBackup", "DeleteManualBackupResponse"],
  ])("names at %s the schema %s, which is also the name of a type", (operation, name) => {
    expect(section(operation)).toContain(`Schema: ${name}.`);
  });

  it("tells limits, permissions and regions", () => {
    const permissions = Object.values(deleting.authorization ?? {}).filter((cell) => cell.includes(":"));
    expect(permissions.length).toBeGreaterThan(0);
    const { name, description } = requestProperties;
    const facts: Record<string, string[]> = {
      createManualBackup: [
        `${name.minLength} to ${name.maxLength} characters`,
        `at most ${description.maxLength} characters`,
        ">!<\"&'=",
        "database_name",
        "table_names",
      ],
      deleteManualBackup: permissions,
      servers: [
        "eu-west-101",
        "https://iam.ap-southeast-1.myhuaweicloud.com",
        "https://iam.eu-west-101.myhuaweicloud.eu",
      ],
    };
    for (const [id, all] of Object.entries(facts)) for (const fact of all) expect(section(id), id).toContain(fact);
  });

  it.each(documents)("says of each field of $operation whether it is required, as the documents do", (document) => {
    const { operation, response } = document;
    const tables = {
      parameters: "Parameters",
      "request body": "Request body",
      [`response ${response.status}`]: `Response ${response.status}`,
    };
    for (const [place, caption] of Object.entries(tables)) {
      const fields = fieldsOf(document).filter((field) => field.place === place);
      expect(requirements(`${caption} of ${operation}`), place).toEqual(
        Object.fromEntries(fields.map(({ name, isMandatory }) => [name, isMandatory])),
      );
    }
  });

  it.each(documents)("says of each failure of $operation which keys its body has, as the documents do", (document) => {
    const fields = fieldsOf(document).filter(({ place }) => /^response [45]/.test(place));
    const places = [...new Set(fields.map(({ place }) => place))];
    expect(places.length).toBeGreaterThan(5);
    for (const place of places) {
      const row = page.split(`<tr id="${document.operation}-${place.replace("response ", "")}">`)[1]?.split("</tr>")[0];
      const [, id = "", name = ""] = /Schema: <a href="#(\w+)"><code>(\w+)<\/code>/.exec(row ?? "") ?? [];
      expect(page, place).toContain(`<h4 id="${id}">`);
      const expected = fields.filter((field) => field.place === place);
      expect(requirements(name), place).toEqual(
        Object.fromEntries(expected.map((field) => [field.name, field.isMandatory])),
      );
    }
  });

  it("leads from the first screen to each operation, and names the version", () => {
    const first = page.split('aria-labelledby="top">')[1]?.split("</section>")[0] ?? "";
    const cards = [...first.matchAll(/<li><a href="#(\w+)">(.*?)<\/a><\/li>/gs)];
    expect(cards.map(([, id, card = ""]) => [id, textOf(card).trim()])).toEqual(
      documents.map(({ operation, uri }) => {
        const [summary] = expectedSentences()[`${operation}/summary`] ?? [];
        return [operation, `${summary} ${uri}`];
      }),
    );
    const version = String(expectedFacts()["info/version"]);
    expect(textOf(page.split('class="brand"')[1]?.split("</a>")[0] ?? "")).toMatch(new RegExp(` ${version}$`));
  });

  it("leads from the first screen to what a first call needs", () => {
    const first = page.split('aria-labelledby="top">')[1]?.split("</section>")[0] ?? "";
    const links = [...first.matchAll(/<a href="#([^"]+)"><em>(.*?)<\/em><\/a>/g)].map(([, id, word]) => [word, id]);
    expect(links).toEqual([
      ["project ID", "where-the-values-come-from-project-id"],
      ["instance ID", "where-the-values-come-from-instance-id"],
      ["token", "authentication-with-a-password"],
      ["access key pair", "authentication-with-an-access-key-pair"],
    ]);
  });

  it("leads from the contents to every section, in order, and to every file", async () => {
    const contents = page.split('<nav id="contents"')[1]?.split("</nav>")[0] ?? "";
    const links = [...contents.matchAll(/<a href="([^"]+)"/g)].map(([, link = ""]) => link);
    const sections = [...page.matchAll(/<section [^>]*aria-labelledby="([^"]+)"/g)].map(([, id]) => `#${id}`);
    expect(links.filter((link) => link.startsWith("#"))).toEqual(sections);
    const files = (await readdir(siteFolder)).filter((name) => !name.endsWith(".html"));
    expect(links.filter((link) => !link.startsWith("#")).sort()).toEqual(files.sort());
  });

  it.each<[string, RegExp]>([
    // The package has types, the sample has none: Node takes it as a module by its ending.
    ["top", /file whose name ends in \.mjs\b/],
    ["top", /once the package is installed and npx geminidb-backup mock is running/],
    ["createManualBackup", /Start the mock with npx geminidb-backup mock, then send/],
    ["deleteManualBackup", /Start the mock with npx geminidb-backup mock, then send/],
    // https://{host} is a server of the description.
    ["servers", /you can also call a host that is not listed/],
    // Two requirements of security are alternatives.
    ["security-schemes", /Each call carries one of the two\./],
    ["error-codes", /“Later” means that something else has to change first/],
    ["error-codes", /“No” means that the request or the account has to be changed\./],
  ])("tells in the section %s: %s", (id, words) => {
    expect(section(id)).toMatch(words);
  });

  it("names no command that does not exist", () => {
    const commands = [...text.matchAll(/npx geminidb-backup ([a-z-]+)/g)].map(([, command = ""]) => command);
    expect(commands.filter((command) => !["create", "delete", "mock", "rotate"].includes(command))).toEqual([]);
    expect(commands.length).toBeGreaterThan(5);
  });

  it("tries calls at the port where the mock listens", () => {
    const mock = documentedServers().find(({ url }) => url.startsWith("http:"));
    const ports = [...page.matchAll(/name="port"[^>]* value="(\d+)"/g)].map(([, port]) => port);
    expect(ports).toEqual(documents.map(() => mock?.preset.split(":")[1]));
  });

  it("calls every language by its name, and not by the word after the fence", () => {
    const labels = [...page.matchAll(/<p class="code-label">([^<]*)<\/p>/g)].map(([, label = ""]) => label);
    expect(labels.filter((label) => /^[a-z]/.test(label) && !label.startsWith("geminidb-backup "))).toEqual([]);
    expect(labels).toContain("TypeScript");
  });

  it("shows no error code for the failure of IAM, whose body has none", () => {
    const row = page.split('<tr id="iam.401">')[1]?.split("</tr>")[0] ?? "";
    expect(textOf(row)).toMatch(/^ ?none \(IAM\) +401 /);
    const links = [...page.matchAll(/<a href="#iam\.401">(.*?)<\/a>/g)].map(([, link = ""]) => link);
    expect(links).toEqual(["none (IAM)", ...documents.map(() => "none (IAM)")]);
    expect(page).not.toContain("<code>iam.401</code>");
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
      else expect(answer, `${code} ${status}`).toMatch(/^(No\.|Later\.|Yes, with new credentials\.)$/);
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
    // In a longer code, such as that of a header, a link would lead away from the middle of it.
    expect(texts.match(/(?<!=)\b(?:DBS|APIGW)\.\d+/g)).toBeNull();
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

  it("names a sample by its file, so that its address stays when another is put before it", () => {
    expect(page).toContain('<a href="#sample-first-call">The sample is shown above.</a>');
    const ids = [...page.matchAll(/<div class="code tabs languages" id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.filter((id) => !id?.startsWith("sample-"))).toEqual([]);
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

  describe("shows each type of the client", () => {
    const tableOf = (type: string) => page.split(`<caption>${type}</caption>`)[1]?.split("</table>")[0] ?? "";
    const rowsOf = (type: string) =>
      [...tableOf(type).matchAll(/<tr id="[^"]+">(.*?)<\/tr>/gs)].map(([, row = ""]) => textOf(row).trim());
    const namesIn = (type: string) => rowsOf(type).map((row) => row.split(" ")[0]);

    it("with the options that cannot be left out, and what an option looks like", () => {
      const required = (type: string) => rowsOf(type).filter((row) => /^\w+ required /.test(row));
      // A region, a URL, a project: each may come from elsewhere, or is checked when it is needed.
      expect(required("ClientOptions").map((row) => row.split(" ")[0])).toEqual(["auth"]);
      expect(required("PasswordTokenOptions").map((row) => row.split(" ")[0])).toEqual([
        "username",
        "password",
        "domain",
        "project",
      ]);
      expect(rowsOf("ClientOptions").find((row) => row.startsWith("baseUrl "))).toContain(
        'Example: "http://127.0.0.1:4010"',
      );
    });

    it("with the type of a member as it is written, without what an optional member allows anyway", () => {
      const typeIn = (type: string, name: string) =>
        rowsOf(type).find((row) => row.startsWith(`${name} `)) ?? `no row for ${name}`;
      expect(typeIn("ResponseEvent", "requestId")).toMatch(/^requestId string \| undefined /);
      expect(typeIn("AbortEvent", "requestId")).toMatch(/^requestId string \| undefined /);
      expect(typeIn("ClientOptions", "region")).toMatch(/^region Region or string /);
      expect(typeIn("CallOptions", "timeout")).toMatch(/^timeout number /);
      expect(typeIn("Hooks", "onRetry")).toMatch(/^onRetry \(event: RetryEvent\) => unknown /);
    });

    it("without saying that a caller has to pass what the client makes", () => {
      for (const type of ["CallEvent", "ResponseEvent", "AbortEvent", "TokenContext"]) {
        expect(rowsOf(type).length, type).toBeGreaterThan(0);
        expect(textOf(tableOf(type)), type).not.toMatch(/required/);
      }
    });

    it("with a column for defaults only where there is one", () => {
      const withDefaults = [...page.matchAll(/<caption>(\w+)<\/caption><thead>[^\n]*>Default</g)].map(
        ([, type]) => type,
      );
      expect(withDefaults).toEqual(["ClientOptions", "InstanceCredentialsOptions", "PasswordTokenOptions"]);
    });

    it("with its own members, and a link to the type that has the others", () => {
      expect(namesIn("Hooks")).toContain("onRetry");
      expect(namesIn("ClientOptions")).not.toContain("onRetry");
      expect(namesIn("CallEvent")).toEqual(["id", "operation", "attempt"]);
      expect(namesIn("RetryEvent")).toEqual(["delay", "reason"]);
      expect(section("client-options")).toContain("All members of Hooks, and:");
      expect(page).toContain('All members of <a href="#client-options-callevent"><code>CallEvent</code></a>, and:');
    });

    it("with those for credentials, such as temporary keys", () => {
      expect(namesIn("AccessKeys")).toEqual(["ak", "sk", "securityToken"]);
      expect(namesIn("TokenContext")).toEqual(["refused", "signal", "fetch"]);
    });
  });

  it("weighs at most 60 kB compressed, with styles and scripts, and 800 B more for each further operation", () => {
    const further = catalogue.operations.length - 2;
    expect(gzipSync(page, { level: 9 }).length).toBeLessThanOrEqual(60_000 + 800 * further);
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
    const files = (await readdir(siteFolder)).filter((name) => !name.endsWith(".html") && name !== "llms.txt");
    expect([...index.matchAll(/\]\(([^)]+)\)/g)].map(([, file]) => file).sort()).toEqual(files.sort());
    for (const [, file = ""] of index.matchAll(/\]\(([^)]+)\)/g))
      expect((await built(file)).length).toBeGreaterThan(100);
    expect(JSON.parse(await built("openapi.json"))).toHaveProperty("openapi", "3.1.0");
    expect(await built("openapi.yaml")).toMatch(/^openapi: 3\.1\.0\n/);
  });

  it("describe the page for search engines", () => {
    const [, data = ""] = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(page) ?? [];
    const parts = documents.map(({ operation }) => expectedSentences()[`${operation}/summary`]?.[0]);
    expect(JSON.parse(data)).toMatchObject({
      "@type": ["APIReference", "TechArticle"],
      version: expectedFacts()["info/version"],
      hasPart: parts.map((name) => ({ name })),
    });
    expect(page).toContain('<link rel="alternate" type="text/markdown" href="reference.md">');
    expect(page).not.toContain('rel="canonical"');
  });
});

describe("the head", () => {
  it("lets the page reach a port of this machine, and nothing else", () => {
    const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
    const directives = policy.split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, [...new Set(sources.map((source) => source.replace(/^'sha256-.{44}'$/, "a hash")))]];
    });
    expect(Object.fromEntries(directives)).toEqual({
      "default-src": ["'none'"],
      "script-src": ["a hash"],
      "style-src": ["a hash"],
      "img-src": ["data:"],
      "connect-src": ["http://127.0.0.1:*"],
      "base-uri": ["'none'"],
      "form-action": ["'none'"],
    });
  });

  it("tells the browser that there are two themes, so that no white page flashes up in the dark", () => {
    expect(page).toContain('<meta name="color-scheme" content="light dark">');
  });
});

describe("the page in Redoc, as it is built", () => {
  it("says of each error code what it means, what to do and whether to repeat", async () => {
    const redoc = await built("redoc.html");
    const rows = [...redoc.matchAll(/\| \*\*([\w.]+)\*\* (\d+) +\| (.*?) \|\\n/g)];
    const told = new Map(rows.map(([, code, status, words]) => [`${code} ${status}`, words ?? ""]));
    const summaries = expectedSentences();
    for (const { code, status, error_msg } of documentedErrors) {
      const words = told.get(`${code} ${status}`);
      // All operations that know it say the same of it.
      const end = `/responses/${status}/content/application/json/examples/${code}`;
      const at = Object.keys(summaries)
        .find((place) => place.endsWith(`${end}/summary`))
        ?.replace(/\/summary$/, "");
      const advice = summaries[`${at}/description`]?.join(" ") ?? "no advice";
      expect(words, code).toContain(`“${error_msg}”`);
      expect(words, code).toMatch(/ Repeat\? \S/);
      for (const part of [...(summaries[`${at}/summary`] ?? ["no summary"]), advice])
        expect(words?.replace(/\s+/g, " "), code).toContain(part);
    }
  });

  it("is told to send no telemetry", async () => {
    expect(await built("redoc.html")).toMatch(/const __redoc_options = \{"disableTelemetry":true,/);
  });
});

describe("the command line", () => {
  it.each(["create", "delete", "rotate", "mock"])("%s is explained as by --help of what ships", async (command) => {
    const { stdout } = await run(process.execPath, [cli, command, "--help"]);
    expect(await built("command-line.md")).toContain(stdout.trim());
    expect(text).toContain(`geminidb-backup ${command} --help`);
    const shown = decode(page);
    const words = text.replace(/\s+/g, " ");
    for (const part of stdout.trim().split("\n\n")) {
      // The description of an operation stands in its own section, where the lines break in other places.
      if (!shown.includes(part)) expect(words).toContain(part.replace(/\s+/g, " "));
    }
  });

  it.each(["create", "delete", "rotate", "mock"])(
    "shows the help of %s with a blank line between its parts",
    (command) => {
      const block =
        page.split(`<p class="code-label">geminidb-backup ${command} --help</p>`)[1]?.split("</pre>")[0] ?? "";
      expect(decode(block)).toMatch(/ \[flags\]\n\n[A-Z]/);
    },
  );

  it("has its common flags, the environment and the exit codes once on the page", () => {
    for (const title of ["Common flags", "Environment", "Exit codes\n  0    done"])
      expect(page.split(new RegExp(`^${title}$|>${title}$`, "m")).length - 1, title).toBe(1);
    const names = [...catalogue.operations.map(({ command }) => command), "rotate"];
    expect(section("command-line")).toContain(`What ${new Intl.ListFormat("en-GB").format(names)} share`);
  });
});
