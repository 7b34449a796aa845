// Makes the calls of the table on any runtime: it uses only what each of them has. `pkg` is the package.

/** Calls at the same time. Browsers have few connections. */
const atOnce = 24;

/** Makes every call, and tells how each ended. */
export async function makeCalls(pkg, calls) {
  hurry();
  const results = [];
  const waiting = [...calls];
  const work = async () => {
    for (let call = waiting.shift(); call; call = waiting.shift()) results.push(await makeCall(pkg, call));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** The waits that the client has announced. The longest is for a caller whose deadline is shorter. */
const waits = new Set();
const longestWait = 30_000;

/** The waits between attempts take a millisecond, and have no random part. All other timers stay as they are. */
function hurry() {
  const original = globalThis.setTimeout;
  globalThis.setTimeout = (callback, delay = 0, ...rest) =>
    original(callback, waits.has(delay) && delay < longestWait ? 1 : delay, ...rest);
  Math.random = () => 0;
}

async function makeCall(pkg, { id, url, iamUrl, operation, retries, warmUp, idle, timeout, abortAfter }) {
  const auth = iamUrl
    ? pkg.passwordToken({ username: "u", password: "a-password", domain: "d", project: "p", iamUrl })
    : "a-token-for-the-faults";
  const onRetry = ({ delay }) => waits.add(delay);
  const settings = { baseUrl: url, project_id: "p", retries, timeout, allowInsecure: true, onRetry };
  if (warmUp) {
    const other = pkg.createClient({ ...settings, auth: "another-token", timeout: 30_000 });
    await other.deleteManualBackup({ backup_id: warmUp });
    // The connection has to be free again; or the server has to close it.
    await new Promise((resolve) => setTimeout(resolve, idle));
  }
  const client = pkg.createClient({ ...settings, auth });
  const signal = signalFor(abortAfter);
  const start = performance.now();
  const call =
    operation === "create"
      ? client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }, { signal })
      : client.deleteManualBackup({ backup_id: "b" }, { signal });
  const end = await call.then(
    () => ({ result: "resolves" }),
    (error) => describe(pkg, error, signal),
  );
  return { id, ...end, elapsed: performance.now() - start };
}

function signalFor(abortAfter) {
  if (abortAfter === undefined) return undefined;
  const controller = new AbortController();
  const reason = new Error("the caller has enough");
  if (abortAfter === 0) controller.abort(reason);
  else setTimeout(() => controller.abort(reason), abortAfter);
  return controller.signal;
}

function describe(pkg, error, signal) {
  if (signal?.aborted && error === signal.reason) return { result: "the signal's reason" };
  if (!pkg.GeminiDBError.is(error)) return { result: `${error?.name}, which is none of ours: ${error?.message}` };
  const { name, outcome, retryable, attempts, message } = error;
  return { result: name, outcome, retryable, attempts, message };
}
