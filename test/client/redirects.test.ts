import { createClient, UnexpectedResponseError } from "geminidb-backup";
import { expect, it } from "vitest";
import { failing, json, listen } from "../support/http.js";

const token = "planted-token-0123456789abcdef";

it.each([300, 301, 302, 303, 304, 305, 307, 308])("never carries the token to another host: %i", async (status) => {
  await using thief = await listen((_, response) => json(response, 202, { job_id: "j", backup_id: "b" }));
  await using server = await listen((_, response) =>
    response.writeHead(status, { location: `${thief.url}/stolen?with=query` }).end(),
  );
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: token });
  const calls = [
    () => client.deleteManualBackup({ backup_id: "b" }),
    () => client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }),
    () =>
      client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
        params: { path: { project_id: "p", backup_id: "b" } },
        redirect: "follow",
      }),
  ];
  for (const call of calls) {
    const error = await failing<UnexpectedResponseError>(call());
    expect(UnexpectedResponseError.is(error)).toBe(true);
    expect(error.status).toBe(status);
    expect(error.message).toContain(new URL(thief.url).host);
    expect(error.message).not.toMatch(/stolen|query|planted/);
  }
  expect(server.received).toHaveLength(3);
  expect(thief.received).toEqual([]);
});

it.each(["", "http://[", "//other.example/x", "relative"])("survives the location %j", async (location) => {
  await using server = await listen((_, response) => response.writeHead(302, location ? { location } : {}).end());
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: token });
  await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toSatisfy(UnexpectedResponseError.is);
  expect(server.received).toHaveLength(1);
});

it("refuses an answer of a fetch that followed a redirect by itself", async () => {
  const fetch = async () =>
    Object.defineProperties(Response.json({ job_id: "j" }, { status: 202 }), {
      redirected: { value: true },
      url: { value: "https://other.example/x" },
    });
  const client = createClient({ region: "ap-southeast-1", project_id: "p", auth: token, fetch });
  await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toThrow(
    /the option fetch followed a redirect to other\.example and sent the credentials there\. Replace the credentials, and check the host/,
  );
});

it.each([
  [300, "the status 300, which the API does not give"],
  [304, "the status 304, which the API does not give"],
  [399, "the status 399, which the API does not give"],
])("%i without a location is no redirect", async (status, message) => {
  await using server = await listen((_, response) => response.writeHead(status).end());
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: token });
  const error = await failing<UnexpectedResponseError>(client.deleteManualBackup({ backup_id: "b" }));
  expect(UnexpectedResponseError.is(error)).toBe(true);
  expect(error.message).toContain(message);
});

it.each([202, 400, 404])("%i with a location is what its status says", async (status) => {
  await using server = await listen((_, response) =>
    json(response, status, { job_id: "j" }, { location: "https://other.example/" }),
  );
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: token });
  const { response } = await client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
    params: { path: { project_id: "p", backup_id: "b" } },
  });
  expect(response.status).toBe(status);
});

it.each([
  ["https://user:planted@other.example:8443/x", "other.example:8443"],
  ["//other.example?x=//planted.example", "other.example"],
  ["/only/a/path", "the same host"],
  ["/login?next=https://planted.example/x", "the same host"],
  ["https://[planted/", "an unnamed host"],
  ["mailto:planted", "an unnamed host"],
])("names the host of %s, and nothing else of it", async (location, wanted) => {
  await using server = await listen((_, response) => response.writeHead(302, { location }).end());
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: token });
  const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
  const host = wanted === "the same host" ? new URL(server.url).host : wanted;
  expect(error.message).toContain(`a redirect to ${host}, not followed`);
  expect(error.message).not.toContain("planted");
});

it("a browser hides where a redirect leads", async () => {
  const fetch = async () =>
    Object.defineProperties(new Response(), { status: { value: 0 }, type: { value: "opaqueredirect" } });
  const client = createClient({ region: "ap-southeast-1", project_id: "p", auth: token, fetch });
  await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toThrow(
    /a redirect to an unnamed host, not followed/,
  );
});
