import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import { accessKey, createClient, passwordToken, type RequestEvent } from "geminidb-backup";
import { expect, it } from "vitest";
import { failing, json, listen, type Received } from "../support/http.js";

const planted = {
  token: "planted-token-0123456789",
  password: "planted-password-0123456789",
  sk: "planted-sk-0123456789",
  securityToken: "planted-security-0123456789",
};
const secrets = Object.values(planted);

/** Everything that a log could hold of a value. */
function everything(value: unknown): string {
  const error = value as Error | undefined;
  return [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    String(value),
    error?.stack,
    error?.message,
    JSON.stringify(value, (_, part) =>
      part instanceof Error ? { ...part, message: part.message, stack: part.stack, cause: part.cause } : part,
    ),
    inspect(error?.cause, { depth: 20, showHidden: true }),
  ].join("\n");
}
function clean(value: unknown): void {
  const text = everything(value);
  for (const secret of secrets) expect(text).not.toContain(secret);
}

/** A server that repeats what it was sent, as debugging pages do. */
const parrot = (status: number) => (request: Received, response: ServerResponse) =>
  json(
    response,
    status,
    {
      error_code: "DBS.280056",
      error_msg: `bad: ${request.headers["x-auth-token"]}`,
      echo: request.headers,
      body: request.body,
    },
    { "x-echo": String(request.headers["x-auth-token"] ?? "") },
  );
const hostile: [string, (request: Received, response: ServerResponse) => unknown][] = [
  ["repeats them in a refusal", parrot(403)],
  ["repeats them in a 500", parrot(500)],
  [
    "repeats them as HTML",
    (request, response) => response.writeHead(502).end(`<pre>${JSON.stringify(request.headers)}</pre>`),
  ],
  [
    "repeats them in a redirect",
    (request, response) =>
      response.writeHead(302, { location: `https://evil.example/${request.headers["x-auth-token"]}` }).end(),
  ],
  ["resets", (_, response) => response.socket?.resetAndDestroy()],
  ["hangs", () => {}],
  [
    "speaks no HTTP",
    (request, response) => response.socket?.end(`HTTP/9.9 ${request.headers["x-auth-token"]}\r\n\r\n`),
  ],
];

it.each(hostile)("shows no secret when a server %s", async (_, handler) => {
  await using server = await listen(handler);
  await using iam = await listen((request, response) =>
    request.body.includes("good")
      ? json(response, 201, { token: {} }, { "x-subject-token": planted.token })
      : handler(request, response),
  );
  const auths = [
    planted.token,
    () => planted.token,
    passwordToken({ username: "good", password: planted.password, domain: "d", project: "p", iamUrl: iam.url }),
    passwordToken({ username: "bad", password: planted.password, domain: "d", project: "p", iamUrl: iam.url }),
    accessKey({ ak: "ak", sk: planted.sk, securityToken: planted.securityToken }),
  ];
  const events: unknown[] = [];
  const hook = (event: unknown) => events.push(event);
  for (const auth of auths) {
    const client = createClient({
      baseUrl: server.url,
      project_id: "p",
      auth,
      timeout: 100,
      retries: 1,
      onRequest: hook,
      onResponse: hook,
      onRetry: hook,
    });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    clean(error);
    clean(client);
    // A token in plain text is the caller's own; a provider must not show what it holds.
    if (auth !== auths[0]) clean(auth);
  }
  clean(events);
  expect(events.length).toBeGreaterThan(3);
});

it("shows no secret of a fetch that throws it", async () => {
  const fetch = async (request: Request) => {
    throw Object.assign(new Error(`cannot send ${request.headers.get("x-auth-token")}`), {
      config: request,
      cause: { code: "EBROKEN", message: `x ${request.headers.get("x-auth-token")}` },
    });
  };
  const client = createClient({ region: "ap-southeast-1", project_id: "p", auth: planted.token, fetch, retries: 0 });
  clean(await failing(client.deleteManualBackup({ backup_id: "b" })));
});

it.each([`${planted.token}\n`, `${planted.token} x`, `${planted.token}ü`])(
  "shows no token that cannot be sent: %j",
  async (auth) => {
    const options = { region: "ap-southeast-1", project_id: "p" };
    const refused = await failing(Promise.resolve().then(() => createClient({ ...options, auth })));
    expect(refused.message).toMatch(/^option auth must be a text without spaces/);
    clean(refused);
    const client = createClient({ ...options, auth: () => auth });
    clean(await failing(client.deleteManualBackup({ backup_id: "b" })));
  },
);

it("shows hooks the request, redacted, and a hook that throws or rejects changes nothing", async () => {
  await using server = await listen((_, response) => json(response, 202, { job_id: "j" }, { "x-request-id": "r" }));
  const seen: RequestEvent[] = [];
  const client = createClient({
    baseUrl: server.url,
    project_id: "p",
    auth: planted.token,
    onRequest: (event) => {
      seen.push(event);
      throw new Error("broken logger");
    },
    onResponse: async (event) => {
      seen.push(event);
      throw new Error("broken metrics");
    },
  });
  await expect(client.deleteManualBackup({ backup_id: "b" })).resolves.toEqual({ job_id: "j" });
  expect(seen[0]).toEqual({
    operation: "deleteManualBackup",
    method: "DELETE",
    url: `${server.url}/v3/p/backups/b`,
    attempt: 1,
    headers: {
      accept: "application/json",
      "user-agent": expect.stringMatching(/^geminidb-backup\//),
      "x-auth-token": "[redacted]",
    },
    id: expect.stringMatching(/./),
  });
  expect(seen[1]).toMatchObject({ status: 202, requestId: "r" });
});

it("what a custom signer gives is secret, whatever its name", async () => {
  const jwt = "planted-jwt-0123456789";
  const seen: unknown[] = [];
  await using server = await listen(({ headers }, response) =>
    json(response, 403, { error_code: "DBS.280056", error_msg: `bad: ${headers["x-jwt"]}` }),
  );
  const client = createClient({
    baseUrl: server.url,
    project_id: "p",
    auth: { sign: async () => ({ "X-JWT": jwt, "X-Project-Id": "p" }) },
    onRequest: (event) => seen.push(event),
    onResponse: (event) => seen.push(event),
    onError: ({ error }) => seen.push(error),
  });
  const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
  expect(server.received[0]?.headers["x-jwt"]).toBe(jwt);
  for (const value of [error, ...seen]) expect(everything(value)).not.toContain(jwt);
  expect(seen[0]).toMatchObject({ headers: { "x-jwt": "[redacted]", "x-project-id": "p" } });
});

it("a text that ends in the middle of a secret shows no part of it", async () => {
  const token = planted.token;
  for (const maxResponseBytes of [2 ** 20, 30]) {
    await using server = await listen((_, response) => {
      response.writeHead(500, { "content-length": 999 }).write(`your token was ${token.slice(0, 15)}`);
      setTimeout(() => response.destroy(), 50);
    });
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: token, retries: 0, maxResponseBytes });
    const error = await failing<{ body: unknown }>(client.deleteManualBackup({ backup_id: "b" }));
    expect(error.body).toBe("your token was [redacted]");
    expect(everything(error)).not.toContain(token.slice(0, 8));
  }
});

it("a credential in the query of a call through raw is in no message and no hook", async () => {
  const seen: unknown[] = [];
  await using server = await listen((_, response) => json(response, 500, {}));
  const hooks = {
    onRequest: (event: unknown) => seen.push(event),
    onRetry: (event: unknown) => seen.push(event),
    onError: ({ error }: { error: unknown }) => seen.push(error),
  };
  const { raw } = createClient({ baseUrl: server.url, project_id: "p", auth: "any", retries: 0, ...hooks });
  const get = raw.GET as (path: string) => Promise<{ response: Response }>;
  await get(`/v3/p/jobs?access_token=${planted.token}`);
  expect(server.received[0]?.url).toContain(planted.token);
  await server.close();
  seen.push(await failing(get(`/v3/p/jobs?access_token=${planted.token}`)));
  expect(seen.length).toBeGreaterThan(2);
  for (const value of seen) clean(value);
});

it("a header that would be none after redaction is redacted whole, and changes nothing of the call", async () => {
  const token = "pl/anted+token-0123";
  for (const value of ["a%0Apl%2Fanted%2Btoken-0123", "%E5%A4%87 pl%2Fanted%2Btoken-0123"]) {
    await using server = await listen((_, response) => {
      response.writeHead(202, value, { "x-echo": value, "content-type": "application/json" }).end('{"job_id":"j"}');
    });
    const { raw } = createClient({ baseUrl: server.url, project_id: "p", auth: token });
    const params = { path: { project_id: "p", backup_id: "b" } };
    const { data, response } = await raw.DELETE("/v3/{project_id}/backups/{backup_id}", { params });
    expect([data, response.headers.get("x-echo"), response.statusText]).toEqual([{ job_id: "j" }, "[redacted]", ""]);
    expect(server.received).toHaveLength(1);
  }
});

it("short words of the caller's own headers are not taken out of what a call resolves to", async () => {
  await using server = await listen((_, response) => json(response, 202, { job_id: "j", backup_id: "b", version: 1 }));
  const headers = { "x-idempotency-key": "b", "x-token-version": "1" };
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: planted.token, headers });
  const answer = await client.createManualBackup({ instance_id: "i", name: "nightly", description: "" });
  expect(answer).toEqual({ job_id: "j", backup_id: "b", version: 1 });
});

it("a long secret is taken out of a success, and a short one out of a success that is none", async () => {
  await using server = await listen(({ method, headers }, response) => {
    if (method === "POST") return json(response, 202, { job_id: String(headers["x-auth-token"]), backup_id: "b" });
    json(response, 202, { job_id: 7, more: headers["x-auth-token"] });
  });
  const client = (auth: string) => createClient({ baseUrl: server.url, project_id: "p", auth });
  const input = { instance_id: "i", name: "nightly", description: "" };
  expect((await client(planted.token).createManualBackup(input)).job_id).toBe("[redacted]");
  const { body } = await failing<{ body: unknown }>(client("short").deleteManualBackup({ backup_id: "b" }));
  expect(body).toEqual({ job_id: 7, more: "[redacted]" });
});

it.each(["x-api-key", "X-Auth-Token", "x-plain"])(
  "a header of raw that cannot be sent is named, and its value is not shown: %s",
  async (name) => {
    await using server = await listen((_, response) => json(response, 202, {}));
    const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token-0123456789" });
    const path = { project_id: "p", backup_id: "b" };
    const headers = { [name]: `${planted.token}\nvalue` };
    const own = await failing(client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", { params: { path }, headers }));
    const header = headers as never;
    const parameter = await failing(
      client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", { params: { path, header } }),
    );
    expect(own.message).toBe("option headers must hold names and values that HTTP headers can have");
    expect(parameter.message).toBe("option params.header must hold names and values that HTTP headers can have");
    for (const error of [own, parameter]) clean(error);
    expect(server.received).toEqual([]);
  },
);
