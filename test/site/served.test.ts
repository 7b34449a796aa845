/** The programs that serve the site on this machine. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it, vi } from "vitest";
import { serveDocs } from "../../src/site/serve.js";
import { copyProject, root, runTsx } from "../support/project.js";

it("a port in use is one sentence", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const { code, stderr } = await runTsx("src/site/serve.ts", "--port", String(port));
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/^Port \d+ is in use\. Choose another, or any that is free: .*--port 0\n$/),
  });
  other.close();
});

it("npm run dev on a port in use is one sentence, and starts nothing", async () => {
  const other = createServer().listen(4011, "127.0.0.1");
  // Somebody may be developing on this machine: then the port is in use all the same.
  await Promise.race([once(other, "listening"), once(other, "error")]);
  const { code, stderr, stdout } = await runTsx("src/site/dev.ts");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(
    /^Port 4011 is in use, perhaps by another `npm run dev` or `npm run docs`\. End that first\.\n$/,
  );
  other.close();
});

it("npm run dev says what is missing where the first build fails, and where the docs are once it succeeds", async () => {
  await using project = await copyProject();
  // Somebody may be developing on this machine, and needs the ports of docs and mock.
  await project.edit("src/site/dev.ts", (text) =>
    text.replace("docsPort = 4011", "docsPort = 0").replace('"mock")', '"mock", "--port", "0")'),
  );
  await project.edit("openapi/openapi.yaml", (text) => text.replace("paths/backup.yaml", "paths/gone.yaml"));
  const child = spawn(process.execPath, ["--import", "tsx", "src/site/dev.ts"], { cwd: project.folder });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const saying = (words: string) => vi.waitFor(() => expect(said).toContain(words), { timeout: 60_000, interval: 50 });
  try {
    await saying("The build failed, so there is no mock");
    expect(said).not.toContain("The docs are at");
    await project.edit("openapi/openapi.yaml", (text) => text.replace("paths/gone.yaml", "paths/backup.yaml"));
    await saying("The docs are at");
  } finally {
    const ended = once(child, "exit");
    child.kill();
    await ended;
  }
}, 150_000);

it.each([
  ["--port", "x", '--port is "x"'],
  ["--prot", "1", "Unknown option '--prot'"],
])("refuses %s %s", async (flag, value, reason) => {
  const { code, stderr } = await runTsx("src/site/serve.ts", flag, value);
  expect(code).toBe(1);
  expect(stderr).toContain(reason);
  expect(stderr).not.toMatch(/\n\s+at /);
});

it("npm run docs builds, serves both pages and says where", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "src/site/serve.ts", "--port", "0"], { cwd: root });
  const [said] = await once(child.stdout, "data");
  const addresses = String(said).match(/http:\/\/127\.0\.0\.1:\d+\/(?:redoc\.html)?/g) ?? [];
  expect(addresses).toHaveLength(2);
  for (const address of addresses)
    expect(await (await fetch(address)).text()).toContain("<title>GeminiDB manual backups");
  child.kill();
});

it("serves nothing outside of its folder", async () => {
  const server = await serveDocs(0);
  const { port } = server.address() as { port: number };
  for (const path of ["../../package.json", "..%2f..%2fpackage.json", "none.html"])
    expect((await fetch(`http://127.0.0.1:${port}/${path}`)).status).toBe(404);
  server.close();
});

it("serves as a static host would: compressed where that is taken, and to be read only", async () => {
  const server = await serveDocs(0);
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}/`;
  const codings = ["gzip", "br, gzip;q=0.5", "gzip;q=0", "gzip; q=0.0", "identity"];
  const answers = await Promise.all(codings.map((coding) => fetch(url, { headers: { "accept-encoding": coding } })));
  expect(answers.map(({ headers }) => headers.get("content-encoding"))).toEqual(["gzip", "gzip", null, null, null]);
  for (const answer of answers) expect(await answer.text()).toContain("<title>GeminiDB manual backups");
  for (const method of ["POST", "DELETE"]) expect((await fetch(url, { method })).status).toBe(405);
  const head = await fetch(url, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  server.close();
});
