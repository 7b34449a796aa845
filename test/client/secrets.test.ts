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
    const client = createClient({ region: "ap-southeast-1", project_id: "p", auth });
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
