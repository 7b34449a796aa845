import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveDocs } from "../../src/site/serve.js";
import { launch } from "../support/browser.js";
import { creating, deleting, documentedErrors, documents } from "../support/transcript.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser: Browser;
let server: Server;
let url: string;
beforeAll(async () => {
  browser = await launch();
  server = await serveDocs(0);
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await browser.close();
  server.close();
});

/** Opens the page, and waits for the interactive view where there is JavaScript. */
async function open(options: BrowserContextOptions = {}, address = url, interactive = true): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  await page.goto(address);
  if (interactive && options.javaScriptEnabled !== false)
    await page.locator("#redoc main h1, #redoc main h2").first().waitFor();
  return page;
}

const views = [
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 360, colorScheme: "light" },
  { width: 360, colorScheme: "dark" },
] as const;

describe("the page with JavaScript", () => {
  it.each(["served", "from disk"])("asks nobody outside for anything, %s", async (how) => {
    const page = await browser.newPage();
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    const address = how === "served" ? url : new URL("../../dist/docs/index.html", import.meta.url).href;
    await page.goto(address);
    await page.locator("#redoc main h1").first().waitFor();
    await page.keyboard.press("Control+K");
    await page.keyboard.type("backup");
    await page.waitForTimeout(500);
    const own = new URL(".", address).href;
    expect(asked.filter((one) => !one.startsWith(own) && !/^(blob|data):/.test(one))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("forbids itself to: a Content-Security-Policy without eval and without other hosts", async () => {
    const page = await open();
    const policy = (await page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content")) ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    const blocked = await page.evaluate(() =>
      fetch("http://127.0.0.1:9/").then(
        () => "sent",
        (error: Error) => error.message,
      ),
    );
    expect(blocked).not.toBe("sent");
    await page.close();
  });

  it.each(documents)(
    "shows $operation with every parameter, status and error code",
    async ({ operation, uri, ...document }) => {
      const page = await open({}, `${url}#/Backups/${operation}`);
      await page.locator("#redoc main").getByText("Responses").first().waitFor();
      const text = await page.locator("#redoc main").innerText();
      expect(text).toContain(uri.split(" ")[1]);
      for (const name of Object.keys({
        ...document["path parameters"],
        ...document["body parameters"],
        ...document.response.parameters,
      }))
        expect(text).toContain(name);
      const statuses = [
        ...new Set(
          documentedErrors
            .filter(({ operations }) => operations === "both" || operation.startsWith(operations))
            .map(({ status }) => status),
        ),
      ];
      for (const status of ["202", ...statuses]) expect(text).toContain(status);
      await page.close();
      const list = await open({}, `${url}#/Error-codes`);
      const codes = await list.locator("#redoc main").innerText();
      for (const { code } of documentedErrors) expect(codes).toContain(code);
      await list.close();
    },
  );

  it("shows the first sample of each guide open, and the others when asked", async () => {
    const page = await open({}, `${url}#/Authentication`);
    const samples = page.locator("#redoc main details");
    await samples.first().waitFor();
    expect(await samples.evaluateAll((all) => all.slice(0, 4).map((one) => (one as HTMLDetailsElement).open))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await samples.locator("summary", { hasText: "Python" }).first().click();
    expect(await samples.nth(3).innerText()).toContain("import hashlib");
    await page.close();
  });

  it("starts at the section where the reader is, and keeps the plain page for an address that only it has", async () => {
    const deep = await open({}, `${url}#DBS.200019`, false);
    await deep.locator("#interactive").waitFor();
    await expect
      .poll(() => deep.evaluate(() => document.getElementById("DBS.200019")?.getBoundingClientRect().top))
      .toBeLessThan(900);
    expect(await deep.locator("#redoc").isVisible()).toBe(false);
    await deep.locator("#interactive").click();
    await deep.locator("#redoc main").getByText("DBS.200019").first().waitFor();
    await deep.locator("#back").click();
    expect(await deep.locator("#plain").isVisible()).toBe(true);
    await deep.close();
  });
});

describe("the page without JavaScript", () => {
  it("tells every fact of the documents", async () => {
    const page = await open({ javaScriptEnabled: false });
    const text = await page.locator("main").innerText();
    for (const { uri, instances, ...document } of documents) {
      expect(text).toContain(uri);
      for (const kind of instances) expect(text).toContain(kind);
      for (const name of [
        ...Object.keys(document["path parameters"]),
        ...Object.keys(document["body parameters"] ?? {}),
        ...Object.keys(document.response.parameters),
        "X-Auth-Token",
      ])
        expect(text).toContain(name);
    }
    for (const fact of [
      "at least 4",
      "at most 64",
      "at most 256",
      ">!<\"&'=",
      "database_name",
      "table_names",
      ...Object.values(deleting.authorization ?? {}).filter((cell) => cell.includes(":")),
    ])
      expect(text).toContain(fact);
    for (const { code, error_msg } of documentedErrors)
      for (const part of [code, error_msg]) expect(text).toContain(part);
    expect(text).toContain("eu-west-101");
    expect(text).toContain(String(creating.response.status));
    await page.close();
  });

  it("has an anchor for each error code", async () => {
    const page = await open({ javaScriptEnabled: false });
    for (const { code } of documentedErrors) expect(await page.locator(`[id="${code}"]`).count(), code).toBe(1);
    await page.close();
  });

  it("keeps the addresses of its sections, which others link to", async () => {
    const page = await open({ javaScriptEnabled: false });
    const ids = await page.locator("section > h1, section > h2").evaluateAll((all) => all.map(({ id }) => id));
    expect(ids).toEqual([
      "top",
      "a-first-call",
      "servers",
      "security-schemes",
      "createManualBackup",
      "deleteManualBackup",
      "error-codes",
      "authentication",
      "errors-and-retries",
      "periodic-backups-with-rotation",
      "testing-against-the-mock",
      "proxies-and-large-tokens",
      "following-a-job-to-its-end",
      "errata-and-additions",
    ]);
    await page.close();
  });

  it("works under any path of a host", async () => {
    const host = createServer(async (request, response) => {
      const name = (request.url ?? "").replace(/^\/some\/where\//, "") || "index.html";
      response.end(await readFile(new URL(`../../dist/docs/${name}`, import.meta.url)).catch(() => undefined));
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    const page = await open({}, `http://127.0.0.1:${(host.address() as AddressInfo).port}/some/where/`);
    expect(await page.locator("#redoc main h1").first().innerText()).toContain("GeminiDB");
    await page.close();
    host.close();
  });

  it("links only to what is there", async () => {
    const page = await open({ javaScriptEnabled: false });
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
    expect(links.length).toBeGreaterThan(40);
    for (const link of new Set(links)) {
      if (link.startsWith("#")) expect(await page.locator(`[id="${link.slice(1)}"]`).count(), link).toBe(1);
      else if (!/^https:/.test(link))
        expect((await page.request.get(new URL(link, url).href)).status(), link).toBe(200);
    }
    await page.close();
  });

  it("prints as a whole, in either view", async () => {
    const page = await open();
    await page.emulateMedia({ media: "print" });
    expect(await page.locator("#plain main").isVisible()).toBe(true);
    expect(await page.locator("#redoc").isVisible()).toBe(false);
    expect((await page.pdf()).length).toBeGreaterThan(50_000);
    // What is folded on the screen is on paper.
    for (const sample of await page.locator("#plain details pre").all()) expect(await sample.isVisible()).toBe(true);
    await page.close();
  });
});

describe("axe finds nothing, and nothing scrolls sideways", () => {
  const places = ["", "#/Backups/createManualBackup", "#/Backups/deleteManualBackup", "#/Error-codes"];
  it.each(
    views.flatMap((view) => [
      ...places.map((place) => ({ ...view, place, js: true })),
      { ...view, place: "", js: false },
    ]),
  )("$width px, $colorScheme, JavaScript $js $place", async ({ width, colorScheme, place, js }) => {
    const page = await open({ viewport: { width, height: 800 }, colorScheme }, js ? url + place : `${url}#top`, js);
    if (js) await page.waitForTimeout(300);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      (
        window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      ).axe.run(),
    );
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" ")}`),
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.close();
  });
});

it("reaches search, contents and samples by keyboard alone", async () => {
  const page = await open({}, `${url}#/Backups/createManualBackup`);
  await page.locator("#redoc main").getByText("Responses").first().waitFor();
  const reached = new Set<string>();
  for (let step = 0; step < 200; step++) {
    await page.keyboard.press("Tab");
    reached.add(
      await page.evaluate(() => {
        const { activeElement: element } = document;
        return element
          ? `${element.tagName} ${element.getAttribute("data-testid") ?? ""} ${(element.textContent ?? "").trim().slice(0, 40)}`
          : "";
      }),
    );
  }
  const all = [...reached].join("\n");
  for (const wanted of ["search-trigger", "Delete a manual backup", "Error codes", "PRE", "403"])
    expect(all).toContain(wanted);
  await page.close();
});
