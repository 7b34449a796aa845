/** The page in a real Chromium: one browser, one page with JavaScript and one without, for all tests. */

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Mock, startMock } from "geminidb-backup/mock";
import type { Browser, Page, Request } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { catalogue } from "../../generated/catalogue.js";
import { page as pageOf } from "../../src/site/page.js";
import { serveDocs } from "../../src/site/serve.js";
import { launch } from "../support/browser.js";
import { run } from "../support/project.js";
import { isFullRun } from "../support/scale.js";
import { cli } from "../support/serve.js";
import { documentedErrors, documents } from "../support/transcript.js";
import { built, readContent, siteFolder } from "./built.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const fromDisk = pathToFileURL(join(siteFolder, "index.html")).href;
let browser: Browser;
let server: Server;
let url: string;
let page: Page;
/** What the page asked for, and complained about, since the test began. */
const requests: Request[] = [];
const complaints: string[] = [];

beforeAll(async () => {
  // Says what to run where the page is missing.
  await built("index.html");
  browser = await launch();
  server = await serveDocs(0);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  page = await context.newPage();
  page.on("request", (request) => requests.push(request));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
});
afterAll(async () => {
  await browser.close();
  server.close();
});
beforeEach(async () => {
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light", media: "screen", forcedColors: "none" });
  await page.goto("about:blank");
  requests.length = 0;
  complaints.length = 0;
});

async function open(hash = "", address = url): Promise<void> {
  await page.goto(address + hash);
  await page.evaluate(() => localStorage.clear());
}

/** The addresses that the page sent requests to. Those which its policy stopped never left the browser. */
function sent(): string[] {
  const left = requests.filter((request) => request.failure()?.errorText !== "csp");
  return left.map((request) => request.url()).filter((address) => !/^(blob|data):/.test(address));
}

/** Where the top of an element is in the window. */
function topOf(selector: string): Promise<number> {
  return page.locator(selector).evaluate((element) => element.getBoundingClientRect().top);
}

/** What axe finds by all of its rules but some. That for targets is off unless it is asked for. */
async function violations(selector = "html", without: readonly string[] = []): Promise<string[]> {
  await page.evaluate(axeSource);
  const off = without.map((id) => [id, { enabled: false }]);
  const rules = { "target-size": { enabled: true }, ...Object.fromEntries(off) };
  return page.evaluate(
    async ({ where, rules }) => {
      interface Axe {
        run(context: object, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      }
      const { axe } = window as unknown as { axe: Axe };
      const result = await axe.run({ include: [where] }, { rules, resultTypes: ["violations"], iframes: false });
      return result.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" ")}`,
      );
    },
    { where: selector, rules },
  );
}

/** Takes the colours of code away: its thousands of spans are looked at once in each theme, since each of them costs time. */
async function withoutColours(): Promise<void> {
  await page.evaluate(() => {
    for (const code of document.querySelectorAll("pre code")) code.replaceChildren(code.textContent ?? "");
  });
}

describe("the page asks nobody for anything", () => {
  it.each(["served", "from disk"])("%s, also while somebody searches", async (how) => {
    await open("", how === "served" ? url : fromDisk);
    await page.keyboard.press("/");
    await page.keyboard.type("busy instance");
    await page.locator(".results a").first().waitFor();
    expect(sent()).toHaveLength(1);
    expect(complaints).toEqual([]);
  });

  it("and its policy forbids it: no eval, no host but this machine", async () => {
    await open();
    const policy = (await page.locator("meta[http-equiv]").getAttribute("content")) ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https:/);
    const outcome = await page.evaluate(() =>
      fetch("http://example.com/").then(
        () => "sent",
        (error: Error) => error.message,
      ),
    );
    expect(outcome).not.toBe("sent");
    expect(complaints.join()).toContain("Content Security Policy");
  });

  it("works under any path of a host", async () => {
    const host = createServer((request, response) => {
      const name = (request.url ?? "").replace(/^\/some\/where\//, "") || "index.html";
      response.writeHead(200, { "content-type": "text/html" }).end(readFileSync(join(siteFolder, name)));
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    await open("", `http://127.0.0.1:${(host.address() as AddressInfo).port}/some/where/`);
    await page.locator(".other").click();
    await page.waitForURL(/some\/where\/redoc\.html$/);
    host.closeAllConnections();
    host.close();
  });
});

describe("addresses", () => {
  it("land below the bar, also when they are typed while the page is open, and back keeps the place", async () => {
    await open("#createManualBackup");
    // Not scrollY: sections above get their height once they have been seen, and move what is below them.
    await expect.poll(() => topOf("#createManualBackup")).toBeLessThan(450);
    const place = await topOf("#createManualBackup");
    for (const { code } of documentedErrors.slice(0, 5)) {
      await page.evaluate((hash) => {
        location.hash = hash;
      }, `#${code}`);
      await expect.poll(() => topOf(`[id="${code}"]`)).toBeGreaterThan(50);
      expect(await topOf(`[id="${code}"]`)).toBeLessThan(450);
    }
    const marked = await page.locator(":target").evaluate((row) => getComputedStyle(row).backgroundColor);
    expect(marked).not.toBe("rgba(0, 0, 0, 0)");
    for (let step = 0; step < 5; step++) await page.goBack();
    await expect.poll(() => topOf("#createManualBackup")).toBeCloseTo(place, 0);
  });

  it.each([360, 1280])("land where the contents say, also far below, at %d px", async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await open();
    for (const hash of ["#periodic-backups-with-rotation", "#faults", "#changelog"]) {
      // Each from a fresh page, whose far sections have not been laid out yet.
      await page.goto("about:blank");
      await page.goto(url);
      await page.evaluate((href) => {
        document.querySelector<HTMLElement>(`#contents a[href="${href}"]`)?.click();
      }, hash);
      // The last section cannot reach the top of the window.
      const lowest = hash === "#changelog" ? 800 : 120;
      await expect
        .poll(async () => {
          const top = await topOf(hash);
          return top > 50 && top < lowest;
        })
        .toBe(true);
    }
  });

  it.each([360, 1280])("land where they should when they are typed at the top, at %d px", async (width) => {
    await page.setViewportSize({ width, height: 900 });
    for (const hash of ["#createManualBackup-400", "#DBS.280056", "#faults"]) {
      await page.goto("about:blank");
      await page.goto(url);
      await page.goto(url + hash);
      await expect.poll(() => topOf(`[id="${hash.slice(1)}"]`)).toBeLessThan(120);
      expect(await topOf(`[id="${hash.slice(1)}"]`)).toBeGreaterThan(50);
    }
  });

  it("of a row show it below the titles of its columns, where it is no card", async () => {
    await open("#DBS.280404");
    await expect.poll(() => topOf('[id="DBS.280404"]')).toBeLessThan(130);
    const title = page.locator("table:has(:target) th").first();
    const { top, bottom } = await title.evaluate((cell) => cell.getBoundingClientRect().toJSON());
    const bar = await page.locator(".bar").evaluate((element) => element.getBoundingClientRect().bottom);
    expect(top).toBeGreaterThanOrEqual(bar - 1);
    expect(bottom).toBeLessThanOrEqual((await topOf('[id="DBS.280404"]')) + 1);
  });

  it("a reader who loads the page again stays where they were", async () => {
    const section = () =>
      page.evaluate(() =>
        document
          .elementFromPoint(innerWidth / 2, 300)
          ?.closest("section")
          ?.getAttribute("aria-labelledby"),
      );
    for (const id of ["testing-against-the-mock", "faults"]) {
      await open();
      await page.mouse.wheel(0, 300);
      // Every section has its height soon after the first move.
      await expect.poll(() => page.evaluate(() => document.documentElement.className)).toBe("");
      await page.evaluate((name) => {
        document.getElementById(name)?.scrollIntoView();
        scrollBy(0, 400);
      }, id);
      expect(await section()).toBe(id);
      await page.reload();
      await expect.poll(section).toBe(id);
    }
  });

  it("are marked in the contents while somebody reads", async () => {
    await open();
    const current = () => page.locator("#contents [aria-current]").getAttribute("href");
    await expect.poll(current).toBe("#top");
    await page.evaluate(() => document.getElementById("error-codes")?.scrollIntoView());
    await expect.poll(current).toBe("#error-codes");
    expect(await page.locator("#contents [aria-current]").count()).toBe(1);
    // In a low window the contents scroll too, so that the marked entry can be seen. The last section is too short for the top.
    await page.setViewportSize({ width: 1280, height: 400 });
    const last = await page.locator("main > section").last().getAttribute("aria-labelledby");
    await expect
      .poll(async () => {
        await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        return current();
      })
      .toBe(`#${last}`);
    const isSeen = await page.locator("#contents [aria-current]").evaluate((link) => {
      const [{ top, bottom }, frame] = [link.getBoundingClientRect(), link.closest("nav")?.getBoundingClientRect()];
      return frame !== undefined && top >= frame.top && bottom <= frame.bottom;
    });
    expect(isSeen).toBe(true);
  });
});

describe("language tabs", () => {
  const opened = () => page.locator(".tabs details[open] > summary").allTextContents();

  it("work together, remember, and leave the reader's place alone", async () => {
    await open("#deleteManualBackup");
    const tab = page.locator("#deleteManualBackup ~ .pair .tabs summary", { hasText: "Python" }).first();
    const before = (await tab.boundingBox())?.y ?? 0;
    await tab.click();
    expect(Math.abs(((await tab.boundingBox())?.y ?? 0) - before)).toBeLessThan(2);
    const python = page.locator(".tabs:has(details[data-tab=python])");
    expect(await python.locator("details[open] > summary").allTextContents()).toEqual(
      Array.from({ length: await python.count() }, () => "Python"),
    );
    await page.reload();
    expect((await opened()).filter((label) => label === "Python").length).toBeGreaterThan(5);
  });

  it("keep one open, whatever is clicked", async () => {
    await open();
    const first = page.locator(".first .tabs summary").first();
    await first.click();
    expect(await page.locator(".first .tabs details[open]").count()).toBe(1);
  });
});

it("says that it copied, also to those who hear it, and selects the code where it may not copy", async () => {
  await open();
  const button = page.locator(".first .copy");
  // The button says so for a moment, which a busy machine may miss.
  await button.evaluate((element) => {
    const labels: unknown[] = [];
    Object.assign(window, { labels });
    new MutationObserver(() => labels.push(element.ariaLabel)).observe(element, { attributes: true });
  });
  await button.click();
  await expect.poll(() => page.evaluate(() => Reflect.get(window, "labels"))).toContain("Copied");
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("forbidden"));
  });
  await expect.poll(() => button.getAttribute("aria-label")).toBe("Copy code");
  await button.click();
  await expect.poll(() => page.evaluate(() => String(getSelection()))).toContain("createClient({");
});

it("copies what is open, and the method with its path", async () => {
  await open();
  await page.locator(".first .tabs summary", { hasText: "curl" }).click();
  await page.locator(".first .copy").click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^\( set -eu # [^\n]+\n[\s\S]+deleted \$backup_id"\n\)\n$/);
  await page.locator(".method-bar .copy").first().click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(documents[0]?.uri);
});

describe("search", () => {
  it.each([
    ["DBS.200019", "#DBS.200019"],
    ["database_tables", "#createManualBackup-database_tables"],
    ["error codes", "#error-codes"],
    ["agency", "#authentication-what-the-client-takes-as-auth"],
    ["name", "#createManualBackup-name"],
    ["name length", "#createManualBackup-name"],
    ["how to install", "#a-first-call"],
    ["createManualBackup", "#createManualBackup"],
    ["APIGW.0201", "#APIGW.0201"],
    // Another form of the word in the heading.
    ["proxy", "#proxies-and-large-tokens"],
    ["restore", "#seeing-and-restoring-backups"],
    // As it was copied from a sentence.
    ["DBS.200019:", "#DBS.200019"],
    ['"DBS.200019"', "#DBS.200019"],
    ["`database_tables`", "#createManualBackup-database_tables"],
    ["try it against the mock", "#createManualBackup-try"],
  ])("finds %s, from disk as well", async (query, hash) => {
    await open("", fromDisk);
    await page.keyboard.press("Control+k");
    await page.keyboard.type(query);
    await page.locator(".results a").first().waitFor();
    expect(await page.locator(".results a").first().getAttribute("href")).toBe(hash);
    await page.keyboard.press("Enter");
    await expect.poll(() => new URL(page.url()).hash).toBe(hash);
    expect(await page.locator("dialog").isVisible()).toBe(false);
  });

  /** The addresses of what is found, in an open search dialog. */
  async function found(query: string): Promise<(string | null)[]> {
    await page.locator(".search input").fill(query);
    return page.locator(".results a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  }

  it("finds the codes of a busy instance, also for words that the text has in another form", async () => {
    await open();
    await page.keyboard.press("/");
    // Each operation has a row of its own for the status.
    const first = (await found("busy")).slice(0, 2 + catalogue.operations.length);
    expect(first).toEqual(expect.arrayContaining(["#DBS.200019", "#DBS.201015"]));
    expect(await found("billing")).toContain("#top");
    expect(await page.locator(".results .excerpt").first().innerText()).toContain("billed");
  });

  it.each([
    ["token", /^#authentication/],
    ["permission", /^#(create|delete)ManualBackup$/],
    ["wait", /^#errors-and-retries/],
    ["rate limit", /^#cost-quota-and-limits/],
    ["price", /^#cost-quota-and-limits/],
  ])("finds %s in the operations and guides before the details", async (query, address) => {
    await open();
    await page.keyboard.press("/");
    const addresses = (await found(query)).map(String);
    const isDetail = (one: string) => /^#(command-line|client-options|errata-and-additions|faults|changelog)/.test(one);
    const firstDetail = addresses.findIndex(isDetail);
    const answer = addresses.findIndex((one) => address.test(one));
    expect(answer).toBeGreaterThanOrEqual(0);
    if (firstDetail >= 0) expect(answer).toBeLessThan(firstDetail);
  });

  it("finds an option by its name, although options are details", async () => {
    await open();
    await page.keyboard.press("/");
    expect((await found("timeout"))[0]).toBe("#client-options-clientoptions-timeout");
  });

  it("says when nothing was found, goes through results by arrows, and closes with Escape", async () => {
    await open();
    await page.keyboard.press("/");
    await page.keyboard.type("backup");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    expect(await page.evaluate(() => document.activeElement?.parentElement?.previousElementSibling !== null)).toBe(
      true,
    );
    const isFirst = () => page.evaluate(() => document.activeElement?.matches(".results li:first-child a") ?? false);
    expect(await isFirst()).toBe(false);
    await page.keyboard.press("ArrowUp");
    expect(await isFirst()).toBe(true);
    await page.keyboard.press("ArrowUp");
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await page.locator(".search input").fill("zzzz");
    expect(await page.locator(".count").innerText()).toMatch(/^Nothing was found/);
    await page.keyboard.press("Escape");
    expect(await page.locator("dialog").isVisible()).toBe(false);
    // A hand closes it by the button, or beside the dialog.
    for (const close of [() => page.locator("dialog .close").click(), () => page.mouse.click(5, 5)]) {
      await page.keyboard.press("/");
      expect(await page.locator("dialog").isVisible()).toBe(true);
      await close();
      expect(await page.locator("dialog").isVisible()).toBe(false);
    }
  });
});

describe("trying a call", () => {
  const form = "#createManualBackup-try";
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock.close());

  /** Opens the form, for a mock on a port. */
  async function openForm(port = new URL(mock.url).port) {
    await open();
    await page.locator(form).click();
    const place = page.locator(".try").first();
    await place.locator("[name=port]").fill(port);
    return place;
  }

  it("sends the documented example to the mock, and shows the answer and the same call", async () => {
    const place = await openForm();
    await place.locator("[type=submit]").click();
    await place.locator(".status:is(.ok, .failed)").waitFor();
    expect(await place.locator(".status").innerText()).toMatch(/^202 .*in \d+ ms$/);
    expect(mock.requests).toMatchObject([{ operationId: "createManualBackup", violations: [] }]);
    const shown = await place.locator(".answer").innerText();
    for (const part of ["content-type: application/json", '"backup_id"', "geminidb.createManualBackup"])
      expect(shown).toContain(part);
    expect(complaints).toEqual([]);
  });

  it("shows the same call in the language that is chosen, also later, and says which that is", async () => {
    const place = await openForm();
    const choose = (label: string) => page.locator(".first .tabs summary", { hasText: label }).click();
    const shown = () => place.locator(".answer .code").last().innerText();
    await place.locator("[type=submit]").click();
    await place.locator(".status:is(.ok, .failed)").waitFor();
    const pieces = {
      Python: "import urllib.request",
      curl: "curl -X POST",
      fetch: "await fetch(",
      "Command line": "npx geminidb-backup create --base-url http://127.0.0.1:",
      TypeScript: "geminidb.createManualBackup",
    };
    for (const [label, code] of Object.entries(pieces)) {
      await choose(label);
      await expect.poll(shown).toContain(code);
      expect((await shown()).toLowerCase()).toContain(`the same call: ${label.toLowerCase()}`);
    }
    // The client takes no list, so that the same call is one with curl.
    await place.locator("textarea").fill("[1]");
    await place.locator("[type=submit]").click();
    await expect.poll(shown).toContain("-d '[1]'");
  });

  it("the code that it shows makes the same call, in every language", async () => {
    mock.reset();
    const place = await openForm();
    await place.locator("textarea").fill(`{"name":"it-is","description":"before the release"}`);
    await place.locator("[type=submit]").click();
    await place.locator(".status:is(.ok, .failed)").waitFor();
    const node = (code: string) => run(process.execPath, ["--input-type=module", "--eval", code]);
    const shell = (code: string) =>
      run("sh", ["-c", code.replace("npx geminidb-backup", `"${process.execPath}" "${cli}"`)]);
    const runners = {
      TypeScript: node,
      "Command line": shell,
      curl: shell,
      fetch: node,
      Python: (code: string) => run("python3", ["-c", code]),
    };
    const [sent] = mock.requests;
    for (const [label, runCode] of Object.entries(runners)) {
      await page.locator(".first .tabs summary", { hasText: label }).click();
      const code = await place.locator(".answer .code pre").last().innerText();
      mock.reset();
      const { code: ending, stdout, stderr } = await runCode(code);
      // Only curl says how far it is, on standard error.
      expect({ ending, stderr: label === "curl" ? "" : stderr }, label).toEqual({ ending: 0, stderr: "" });
      expect(stdout, label).toContain("backup_id");
      expect(mock.requests, label).toMatchObject([
        { path: sent?.path, body: { name: "it-is", description: "before the release" }, answer: "202" },
      ]);
      // A redirect would carry the token away.
      if (label === "fetch") expect(code).toContain('"redirect": "error"');
    }
  });

  it("shows the answer to the last call only, however late an earlier one comes", async () => {
    const place = await openForm();
    mock.reset();
    mock.respond("createManualBackup", { delay: 700, example: "DBS.200019" });
    await place.locator("[type=submit]").click();
    await expect.poll(() => mock.requests.length).toBe(1);
    await place.locator("[type=submit]").click();
    await place.locator(".status.ok").waitFor();
    await page.waitForTimeout(900);
    expect(await place.locator(".status").innerText()).toMatch(/^202/);
  });

  it("says that an answer broke off, rather than that there was none", async () => {
    const place = await openForm();
    mock.reset();
    mock.respond("createManualBackup", { fault: "cut" });
    await place.locator("[type=submit]").click();
    await expect.poll(() => place.locator(".problem").innerText()).toBe("The body of the answer did not arrive whole.");
    expect(await place.locator(".status").innerText()).toMatch(/^202/);
    complaints.length = 0;
  });

  it("says how to start a mock when none answers, and what is wrong with a body", async () => {
    const place = await openForm("9");
    await place.locator("[type=submit]").click();
    await expect.poll(() => place.locator(".problem").innerText()).toContain("npx geminidb-backup mock");
    expect(await place.locator(".problem").innerText()).toContain("the call may have been carried out");
    expect(await place.locator(".problem").getAttribute("role")).toBe("status");
    await place.locator("textarea").fill("{");
    await place.locator("[type=submit]").click();
    await expect.poll(() => place.locator(".problem").innerText()).toContain("not JSON, so nothing was sent");
    await place.locator("textarea").evaluate((area: HTMLTextAreaElement) => {
      area.value = `{"name": "${String.fromCharCode(0xd83d)}"}`;
    });
    await place.locator("[type=submit]").click();
    await expect
      .poll(() => place.locator(".problem").innerText())
      .toBe("body holds half of a character, so nothing was sent.");
  });

  it("waits half a minute for an answer, and shows the beginning of a huge one", async () => {
    const place = await openForm();
    mock.reset();
    mock.respond("createManualBackup", { fault: "hang" });
    await page.evaluate(() => {
      const { timeout } = AbortSignal;
      AbortSignal.timeout = (milliseconds) => {
        Object.assign(window, { waited: milliseconds });
        return timeout.call(AbortSignal, 50);
      };
    });
    await place.locator("[type=submit]").click();
    await expect.poll(() => place.locator(".problem").innerText()).toMatch(/ did not answer within 30 s\.$/);
    expect(await page.evaluate(() => Reflect.get(window, "waited"))).toBe(30_000);
    await page.evaluate(() => {
      window.fetch = () => Promise.resolve(new Response("x".repeat(100_007)));
    });
    await place.locator("[type=submit]").click();
    await place.locator(".status.ok").waitFor();
    expect(await place.locator(".answer").innerText()).toMatch(/x\n… 7 more characters\n/);
  });

  it("takes neither the body nor the port from a parameter of that name", async () => {
    const { content, assets } = await readContent();
    const description = structuredClone(content.description);
    for (const { post } of Object.values(description.paths)) {
      post?.parameters?.push(
        { name: "body", in: "query", description: "Another body.", schema: { type: "string" }, example: "1" },
        { name: "port", in: "query", description: "Another port.", schema: { type: "string" }, example: "9" },
      );
    }
    const file = join(mkdtempSync(join(tmpdir(), "geminidb-backup-page-")), "index.html");
    writeFileSync(file, pageOf({ ...content, description }, assets, undefined));
    await page.goto(pathToFileURL(file).href);
    await page.locator(form).click();
    const place = page.locator(".try").first();
    await place.locator("[name=port]").first().fill(new URL(mock.url).port);
    await place.locator("textarea").fill("{}");
    await place.locator("[type=submit]").click();
    const isPost = (request: Request) => request.method() === "POST";
    await expect.poll(() => requests.find(isPost)?.postData()).toBe("{}");
    const sentTo = new URL(requests.find(isPost)?.url() ?? "");
    expect([sentTo.origin, sentTo.search]).toEqual([mock.url, "?body=1&port=9"]);
  });

  it("leaves out a body that is optional and empty, and does not send a header that no request can have", async () => {
    mock.reset();
    const { content, assets } = await readContent();
    const description = structuredClone(content.description);
    const { post } = Object.values(description.paths).find((one) => one.post !== undefined) ?? {};
    Object.assign(post?.requestBody ?? {}, { required: false });
    post?.parameters?.push({ name: "X-Kind", in: "header", description: "A kind.", schema: { type: "string" } });
    const file = join(mkdtempSync(join(tmpdir(), "geminidb-backup-page-")), "index.html");
    writeFileSync(file, pageOf({ ...content, description }, assets, undefined));
    await page.goto(pathToFileURL(file).href);
    await page.locator(form).click();
    const place = page.locator(".try").first();
    await place.locator("[name=port]").fill(new URL(mock.url).port);
    await place.locator("textarea").fill("");
    await place.locator("[name=X-Kind]").fill("日本");
    await place.locator("[type=submit]").click();
    const isRefused = (field: HTMLInputElement) => field.validity.patternMismatch;
    expect(await place.locator("[name=X-Kind]").evaluate(isRefused)).toBe(true);
    expect(await place.locator(".status").innerText()).toBe("");
    await place.locator("[name=X-Kind]").fill("café");
    await place.locator("[type=submit]").click();
    await place.locator(".status.failed").waitFor();
    expect(mock.requests).toMatchObject([{ operationId: "createManualBackup", body: undefined }]);
    expect(await place.locator(".answer").innerText()).not.toContain("body:");
    complaints.length = 0;
  });

  it("has no field for a host or a token", async () => {
    await open();
    const names = await page.locator(".try [name]").evaluateAll((all) => all.map((one) => one.getAttribute("name")));
    const parameters = catalogue.operations.flatMap((operation) => operation.parameters.map(({ name }) => name));
    expect(new Set(names)).toEqual(new Set([...parameters, "body", "port"]));
  });
});

describe("axe finds nothing, and nothing scrolls sideways", () => {
  // The width decides about the layout and the theme about colours, so that not every pair of them says something new.
  const themes = ["light", "dark"] as const;
  const widths = [360, 768, 1280];
  const views = widths
    .flatMap((width) => themes.map((colorScheme) => ({ width, colorScheme })))
    .filter(({ width, colorScheme }) => isFullRun || width === 1280 || colorScheme === "light");

  it.each(views)("$width px, $colorScheme, with forms, menu and search open", async ({ width, colorScheme }) => {
    // Colours cost axe most of the time, so it looks at them once in each theme.
    const ignored = isFullRun || width === 1280 ? [] : ["color-contrast"];
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await open();
    await page.locator(".try > summary").first().click();
    await page.locator(".try [type=submit]").first().click();
    await page.locator(".problem").first().waitFor();
    if (width !== 1280) await withoutColours();
    if (isFullRun || width !== 768) expect(await violations("html", ignored)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    if (width < 900) {
      await page.locator(".menu").click();
      expect(await violations("#contents")).toEqual([]);
      await page.locator("#contents a", { hasText: "Error codes" }).click();
      expect(await page.locator("#contents").isVisible()).toBe(false);
    }
    await page.keyboard.press("Control+k");
    await page.keyboard.type("token");
    await page.locator(".results a").first().waitFor();
    expect(await violations("dialog")).toEqual([]);
  });

  it.each([360, 1280])("%d px, without JavaScript", async (width) => {
    const session = await page.context().newCDPSession(page);
    await page.setViewportSize({ width, height: 800 });
    await session.send("Emulation.setScriptExecutionDisabled", { value: true });
    await page.goto(url);
    expect(await page.locator(".search-open").count()).toBe(0);
    expect(await page.locator(".try").first().isVisible()).toBe(false);
    await page.locator(".first .tabs summary", { hasText: "Python" }).click();
    expect(await page.locator(".first details[open] pre").innerText()).toContain("import json");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    // axe is a script too. What the page's own would have done is not made up for.
    await session.send("Emulation.setScriptExecutionDisabled", { value: false });
    if (isFullRun || width === 360) {
      await withoutColours();
      expect(await violations("html", isFullRun ? [] : ["color-contrast"])).toEqual([]);
    }
    await session.detach();
  });

  it("at 200 % zoom and in forced colours", async () => {
    await page.setViewportSize({ width: 640, height: 450 });
    await page.emulateMedia({ forcedColors: "active" });
    await open();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(640);
    expect(await page.locator("#contents").isVisible()).toBe(false);
    const line = await page
      .locator(".first details[open] > summary")
      .evaluate((tab) => getComputedStyle(tab).borderBottomStyle);
    expect(line).toBe("solid");
    // These colours take the place of every background: a border and an outline say what is read, and what was looked for.
    const borders = () =>
      page.locator("#contents a").evaluateAll((links) => {
        const canvas = getComputedStyle(document.body).backgroundColor;
        const shown = links.filter((link) => getComputedStyle(link).borderLeftColor !== canvas);
        return shown.map((link) => link.getAttribute("aria-current"));
      });
    await expect.poll(borders).toEqual(["location"]);
    await page.goto(`${url}#error-codes`);
    const target = await page.locator(":target").evaluate((heading) => getComputedStyle(heading).outlineStyle);
    expect(target).toBe("dashed");
  });
});

describe("hands and eyes", () => {
  it.each([320, 360, 400, 470, 640, 768, 820, 900, 1024, 1150, 1200, 1280, 1920])(
    "nothing is cut off at %d px",
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await open();
      const cut = await page.locator("main > section").evaluateAll((all) => {
        document.documentElement.classList.remove("deferred-layout");
        return all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.getAttribute("aria-labelledby"));
      });
      expect(cut).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const tooWide = await page.evaluate(() => {
        const right = (element: Element | null) => element?.getBoundingClientRect().right ?? 0;
        const tables = [...document.querySelectorAll(".pair table")].filter(
          (one) => right(one) > right(one.parentElement) + 1,
        );
        const labels = [...document.querySelectorAll(".tabs summary")].filter(
          (one) => one.scrollWidth > one.clientWidth,
        );
        return [...tables, ...labels].map((one) => one.textContent);
      });
      expect(tooWide).toEqual([]);
      // The label of a cell in a card stands within its cell.
      const tooHigh = await page.locator("td[data-label]").evaluateAll((cells) => {
        const heightOf = (cell: Element) => {
          const { display, height } = getComputedStyle(cell, "::before");
          return display === "none" ? 0 : Number.parseFloat(height) || 0;
        };
        return cells.filter((cell) => heightOf(cell) > cell.clientHeight).map((cell) => cell.textContent);
      });
      expect(tooHigh).toEqual([]);
    },
  );

  it("the menu of a phone closes wherever an entry is tapped", async () => {
    await page.setViewportSize({ width: 600, height: 800 });
    await open();
    await page.locator(".menu").click();
    await page.locator("#contents .method.post").click();
    expect(await page.locator("#contents").isVisible()).toBe(false);
    expect(new URL(page.url()).hash).toBe("#createManualBackup");
  });

  it("every cell of a table can be seen on a phone, and no identifier is broken", async () => {
    await page.setViewportSize({ width: 360, height: 800 });
    await open();
    const hidden = await page
      .locator("main td")
      .evaluateAll((cells) =>
        cells
          .filter((cell) => cell.textContent !== "" && cell.getBoundingClientRect().height === 0)
          .map((cell) => cell.textContent),
      );
    expect(hidden).toEqual([]);
    const parts = await page.locator("main code:not(pre code)").evaluateAll((all) =>
      all
        .flatMap((code) => [...code.childNodes].filter((node) => node instanceof Text))
        .map((part) => {
          const range = document.createRange();
          range.selectNode(part);
          return { text: part.data, isBroken: range.getClientRects().length > 1 };
        }),
    );
    expect(parts.length).toBeGreaterThan(500);
    expect(parts.filter(({ isBroken }) => isBroken)).toEqual([]);
  });

  it.each([320, 360, 449, 450, 768, 1150, 1259, 1260])(
    "the button that copies hides neither code nor a label at %d px",
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await open();
      await expect.poll(() => page.locator(".code:not(:has(> .copy))").count()).toBe(0);
      const hidden = await page.locator(".code").evaluateAll((blocks) => {
        document.documentElement.classList.remove("deferred-layout");
        for (const button of document.querySelectorAll(".code > .copy")) button.textContent = "Selected";
        return blocks.flatMap((block) => {
          const button = block.querySelector(".copy")?.getBoundingClientRect() ?? new DOMRect();
          const isBelowButton = ({ left, right, top, bottom }: DOMRect) =>
            left < button.right && right > button.left && top < button.bottom && bottom > button.top;
          const texts = [...block.querySelectorAll("summary, .code-label, details[open] code, .code-label ~ pre code")];
          return texts
            .filter((text) => {
              const range = document.createRange();
              range.selectNodeContents(text);
              return [...range.getClientRects()].some(isBelowButton);
            })
            .map((text) => text.textContent.slice(0, 40));
        });
      });
      expect(hidden).toEqual([]);
    },
  );

  it.each([360, 1280])("every target has at least 24 px in a window of %d px", async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await open();
    const small = await page
      .locator(
        "button:visible, summary:visible, input:visible, #contents a:visible, .cards a, :is(h2, h3, h4, h5) > a, td a",
      )
      .evaluateAll((all) =>
        all.filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 80)),
      );
    expect(small).toEqual([]);
  });

  it("the keyboard reaches everything, sees where it is, and is trapped nowhere", async () => {
    await open();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
    expect(await topOf(".skip")).toBeGreaterThanOrEqual(0);
    await page.keyboard.press("Enter");
    const reached = new Set<string>();
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press("Tab");
      const { name, outline } = await page.evaluate(() => {
        const element = document.activeElement ?? document.body;
        const style = getComputedStyle(element);
        return {
          name: `${element.tagName} ${(element.textContent ?? "").trim().slice(0, 30)}`,
          outline: style.outlineStyle + style.outlineWidth,
        };
      });
      if (!name.startsWith("BODY")) expect(outline, name).toBe("solid3px");
      reached.add(name);
    }
    expect(reached.size).toBeGreaterThan(30);
    for (const wanted of ["SUMMARY curl", "BUTTON Copy"]) expect([...reached]).toContain(wanted);
  });

  it("the theme can be changed, and is remembered", async () => {
    await open();
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const colours = () =>
      page.evaluate(() => {
        const styles = [...document.documentElement.computedStyleMap()];
        return styles.filter(([name]) => name.startsWith("--")).map(([name, value]) => `${name}: ${value}`);
      });
    const name = () => page.locator(".theme").getAttribute("aria-label");
    const light = await background();
    await page.emulateMedia({ colorScheme: "dark" });
    // axe looks at these colours: they are those of somebody whose system is dark.
    const dark = await colours();
    expect(dark.length).toBeGreaterThan(15);
    await expect.poll(name).toBe("Light theme");
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(name).toBe("Dark theme");
    await page.locator(".theme").click();
    expect(await name()).toBe("Light theme");
    expect(await background()).not.toBe(light);
    expect(await colours()).toEqual(dark);
    await page.reload();
    expect(await background()).not.toBe(light);
    await page.evaluate(() => localStorage.clear());
  });

  it("paper gets one white column, with addresses behind links and without what can only be clicked", async () => {
    await page.emulateMedia({ colorScheme: "dark", media: "print" });
    await open();
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
    for (const selector of [".bar", "#contents", ".copy", ".try"])
      expect(await page.locator(selector).first().isVisible()).toBe(false);
    expect(
      await page
        .locator(".pair")
        .first()
        .evaluate((pair) => getComputedStyle(pair).display),
    ).toBe("block");
    // Of the languages one, of the examples all.
    const closed = await page.locator(".tabs details:not([open]) pre").evaluateAll((all) =>
      all.map((one) => ({
        isLanguage: one.closest(".languages") !== null,
        isPrinted: one.checkVisibility({ contentVisibilityAuto: false }) && one.getBoundingClientRect().height > 0,
      })),
    );
    expect(closed.filter(({ isLanguage, isPrinted }) => isLanguage === isPrinted)).toEqual([]);
    expect(closed.some(({ isLanguage }) => !isLanguage)).toBe(true);
    expect((await page.pdf()).length).toBeGreaterThan(50_000);
  });
});

describe("the page in Redoc", () => {
  it("has guides and all languages of the samples, asks nobody, and links back", async () => {
    await page.goto(`${url}redoc.html#/Backups/createManualBackup`);
    await page.locator("main").getByText("Responses").first().waitFor();
    for (const label of ["Authentication", "Error codes"])
      expect(await page.locator("body").innerText()).toContain(label);
    await page.locator("main").getByText("TypeScript", { exact: true }).first().click();
    for (const label of ["curl", "fetch", "Python"]) expect(await page.locator("body").innerText()).toContain(label);
    expect(sent().filter((one) => !one.startsWith(url))).toEqual([]);
    // It tries nothing else than its own logo, which the policy forbids. Redoc has no option against that.
    expect(complaints).toEqual([expect.stringContaining("https://cdn.redoc.ly/redoc/logo-mini")]);
    // What stock Redoc brings along. It is not ours to mend: index.html is the page for everybody.
    const known = [
      "color-contrast",
      "label",
      "region",
      "landmark-one-main",
      "page-has-heading-one",
      "heading-order",
      "scrollable-region-focusable",
      "button-name",
      "aria-allowed-attr",
      "nested-interactive",
      "label-content-name-mismatch",
      "empty-heading",
    ];
    expect(await violations("html", known)).toEqual([]);
    await page.locator(".plain-page").click();
    await page.waitForURL(/index\.html$/);
  });
});
