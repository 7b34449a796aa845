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
  await expect(client.deleteManualBackup({ backup_id: "b" })).rejects.toThrow(/redirect to other\.example/);
});
