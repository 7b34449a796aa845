// One suite for every runtime: it uses only what each of them has. `pkg` is the package, `base` the mock, and `fragile` a server
// that closes the connection of a create without an answer.
export async function smoke(pkg, { base, fragile }) {
  const { createClient, accessKey, ApiError, ValidationError, ConnectionError } = pkg;
  const results = [];
  const check = (name, ok) => results.push(`${ok ? "ok" : "FAILED"} ${name}`);
  const failure = (call) =>
    call.then(
      () => undefined,
      (error) => error,
    );
  const project_id = `p-${Math.random().toString(36).slice(2)}`;
  const client = createClient({ baseUrl: base, project_id, auth: "a-token-for-the-mock" });
  const input = { instance_id: "i", name: "nightly", description: "" };

  const { backup_id } = await client.createManualBackup(input);
  check("create", typeof backup_id === "string");
  check("delete", typeof (await client.deleteManualBackup({ backup_id })).job_id === "string");
  const gone = await failure(client.deleteManualBackup({ backup_id }));
  check("typed failure", ApiError.is(gone) && gone.code === "DBS.201214" && gone instanceof ApiError);
  check(
    "refused before sending",
    ValidationError.is(await failure(client.createManualBackup({ ...input, name: "a b" }))),
  );
  check("refused id", ValidationError.is(await failure(client.deleteManualBackup({ backup_id: ".." }))));

  const reason = new Error("mine");
  const controller = new AbortController();
  const slow = createClient({ baseUrl: base, project_id, auth: () => new Promise(() => {}) });
  setTimeout(() => controller.abort(reason), 30);
  check("abort", (await failure(slow.deleteManualBackup({ backup_id }, { signal: controller.signal }))) === reason);

  let attempts = 0;
  const flaky = createClient({
    baseUrl: base,
    project_id,
    auth: "a-token-for-the-mock",
    fetch: (request) =>
      ++attempts < 2
        ? Promise.resolve(new Response("{}", { status: 429, headers: { "retry-after": "0" } }))
        : fetch(request),
  });
  check(
    "retry",
    typeof (await flaky.createManualBackup({ ...input, name: "again" })).job_id === "string" && attempts === 2,
  );

  const signed = createClient({ baseUrl: base, project_id, auth: accessKey({ ak: "ak", sk: "sk" }) });
  check("signing", typeof (await signed.createManualBackup({ ...input, name: "signed" })).job_id === "string");
  const { data } = await client.raw.POST("/v3/{project_id}/instances/{instance_id}/backups", {
    params: { path: { project_id, instance_id: "i" } },
    body: { name: "rawcall", description: "" },
  });
  check("raw", typeof data?.job_id === "string");
  // A browser may send a request again by itself, and nothing prevents that.
  const isBrowser = "document" in globalThis;
  const lonely = createClient({ baseUrl: fragile, project_id, auth: "a-token-for-the-mock", retries: 2 });
  await lonely.deleteManualBackup({ backup_id: "warm-up" });
  const lost = await failure(lonely.createManualBackup(input));
  const sent = Number(await (await fetch(`${fragile}/sent/${project_id}`)).text());
  check("a create on a reused connection is sent once", lost?.outcome === "unknown" && (sent === 1 || isBrowser));
  const nobody = createClient({ baseUrl: "http://127.0.0.1:2", project_id, auth: "a-token-for-the-mock", retries: 0 });
  const unreachable = await failure(nobody.deleteManualBackup({ backup_id }));
  check("no connection", ConnectionError.is(unreachable));
  // Browsers and workerd do not tell why a request failed.
  const tellsWhy = !isBrowser && globalThis.navigator?.userAgent !== "Cloudflare-Workers";
  check("nothing was sent", unreachable.outcome === (tellsWhy ? "not-sent" : "unknown"));
  return results;
}

/** Where the program may not connect to anything. It also has to end by itself. */
export async function mayNotConnect({ createClient, ConnectionError }, { base }) {
  const client = createClient({ baseUrl: base, project_id: "p", auth: "a-token-for-the-mock" });
  const error = await client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }).catch((e) => e);
  const isRight = ConnectionError.is(error) && error.outcome === "not-sent" && error.permanent && error.attempts === 1;
  return [isRight ? "ok a create is not sent" : `FAILED a create without permission: ${error}`];
}

/** Where the program may not read the variables that name a proxy. */
export async function mayNotReadVariables({ createClient, instanceCredentials }, { base }) {
  const auth = instanceCredentials({ endpoint: base });
  const client = createClient({ baseUrl: base, project_id: "p", auth });
  const error = await client.deleteManualBackup({ backup_id: "b" }).catch((e) => e);
  const isRight = error.name === "AuthenticationError" && /--allow-env=/.test(error.message);
  return [isRight ? "ok no keys are asked for" : `FAILED instance credentials without variables: ${error}`];
}
