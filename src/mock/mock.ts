import { catalogue } from "../../generated/catalogue.js";
import type { OperationId } from "../../generated/operations.js";
import { operations } from "./answers.js";
import { corsHeaders, preflightAnswer } from "./cors.js";
import { type Decision, decide } from "./decide.js";
import { createFetchShell, type MockFetch } from "./fetch.js";
import { HarFile } from "./har.js";
import { type Entry, Journal, type RecordedRequest, shortenedViolations } from "./journal.js";
import { type Backup, checkMockOptions, type MockOptions } from "./options.js";
import { type Exchange, type Incoming, pause } from "./outcome.js";
import { judges } from "./prism.js";
import { asciiJson, problem, recordBody, recordDecision, unfinished } from "./record.js";
import type { PendingReply } from "./replies.js";
import type { Reply } from "./reply.js";
import { originForm, routeOf } from "./request.js";
import { Redactor } from "./secrets.js";
import { verify } from "./verify.js";
import { backupsOf, checkedScenario, worldOf } from "./world.js";

export interface Mock {
  /** For `createClient({ baseUrl })`. Without a port, an address that leads nowhere but through `fetch`. */
  readonly url: string;
  /** Answers a request without a socket, and rejects as the `fetch` of Node does. */
  readonly fetch: MockFetch;
  /** The last 1,000 requests in the order of their arrival, the oldest first; fewer where they are large. */
  readonly requests: readonly RecordedRequest[];
  /** The replies that have not been used. */
  readonly pending: readonly PendingReply[];
  /** The backups that exist, the oldest first. */
  readonly backups: readonly Backup[];
  /** The seed of `chaos`, to repeat its faults; undefined without `chaos`. */
  readonly seed: number | undefined;
  /**
   * Queues replies. Each answers one request of that operation that keeps to the description, or as many as `times`
   * says; where several fit, the first one. The reply is copied.
   * @throws {TypeError} when there is no such operation, example or fault; says what there is. Then none is queued.
   */
  respond(operationId: OperationId, ...replies: Reply[]): void;
  /**
   * Looks back on a test.
   * @throws {Error} that lists the replies which were not used, and the requests that do not keep to the description
   */
  verify(): void;
  /** Forgets requests, queued replies and backups: all is as after the start. What is under way shows nowhere after it. */
  reset(): void;
  /** Ends every connection. Twice is once. */
  close(): Promise<void>;
  /** Closes, then verifies where the option `verify` is set. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The mock without a way in. */
export interface Core {
  readonly mock: Mock;
  /** Answers one request. It never rejects. */
  exchange(incoming: Incoming): Promise<Exchange>;
  /** Queues replies by operation. @throws {TypeError} as `respond`; then none is queued */
  queue(scenario: Readonly<Record<string, readonly unknown[]>>): void;
  /** Records what was no HTTP request. */
  malformed(line: string, status: number, reason: string): void;
}

/** Leads nowhere by itself: names below .invalid are never resolved. */
const nowhere = "https://mock.invalid";

/**
 * A mock without a port, for `createClient({ fetch: mock.fetch })` and for everything that takes a Fetch API `Request`.
 * @throws {TypeError} in one sentence that names a wrong option
 * @throws {Error} in one sentence, when Prism is not installed
 * @example
 * const mock = createMock();
 * const geminidb = createClient({ baseUrl: mock.url, fetch: mock.fetch, project_id: "p", auth: "any" });
 */
export function createMock(options: MockOptions = {}): Mock {
  checkMockOptions(options);
  return createCore(options, { url: () => nowhere, close: async () => {} }).mock;
}

/** What surrounds the core: its address, and what must be closed with it. */
export interface Surroundings {
  url(): string;
  close(): Promise<void>;
}

export function createCore(options: MockOptions, surroundings: Surroundings): Core {
  const scenario = checkedScenario(options.scenario ?? {});
  const seed = options.chaos && (options.chaos.seed ?? Math.floor(Math.random() * 2 ** 32));
  const newWorld = () => worldOf(options, scenario, seed);
  judges();
  const archive = options.har === undefined ? undefined : new HarFile(options.har, catalogue.version);
  const journal = new Journal();
  let world = newWorld();

  async function exchange(incoming: Incoming): Promise<Exchange> {
    const preflight = preflightAnswer(incoming);
    if (preflight) return { outcome: preflight, end: () => {} };
    // A request belongs to the world that it arrived in, so that nothing of it is seen after a reset().
    const arrivedIn = world;
    const target = originForm(incoming.target);
    const redactor = new Redactor(incoming.headers, target);
    const call = routeOf(incoming.method, target, operations);
    const entry = journal.open({
      operationId: call?.operation.operationId,
      method: incoming.method,
      path: redactor.text(target),
      headers: redactor.headers(incoming.headers),
    });
    entry.parameters = redactor.values(call?.parameters ?? {});
    let decision: Decision;
    try {
      decision = await decide(arrivedIn, call, incoming, {
        body: (body) => recordBody(entry, body, redactor),
        violations(violations) {
          entry.violationCount = violations.length;
          entry.violations = shortenedViolations(violations).map(({ path, message }) => ({
            path: path.map((step) => redactor.text(step)),
            message: redactor.text(message),
          }));
        },
      });
    } catch (error) {
      decision = incoming.signal.aborted ? unfinished : problem(error);
    }
    const { outcome } = decision;
    recordDecision(entry, decision, redactor);
    journal.weigh(entry);
    if (outcome.kind === "answer") {
      Object.assign(outcome.headers, corsHeaders);
      if (entry.violations.length > 0) {
        outcome.headers["sl-violations"] = asciiJson(entry.violations, entry.violationCount);
      }
    }
    const delay = decision.delay + (options.latency ?? 0);
    if (delay > 0) await pause(delay, incoming.signal);
    return { outcome, end: (arrived) => finish(entry, decision, arrived, redactor) };
  }

  function finish(entry: Entry, { outcome, broken }: Decision, arrived: boolean, redactor: Redactor): void {
    entry.duration = Date.now() - entry.arrived.getTime();
    let comment = broken && `broken on request: ${broken}`;
    if (outcome.kind === "answer") {
      if (outcome.pace === "cut") entry.answer = `${outcome.status} cut`;
      if (!arrived && entry.answer !== "unfinished") {
        entry.answer = `${outcome.status} undelivered`;
        comment ??= "the caller had gone";
      }
    }
    const left = outcome.kind === "answer" && entry.answer !== "unfinished" ? outcome : undefined;
    archive?.add({
      entry,
      url: surroundings.url() + entry.path,
      status: left?.status ?? 0,
      headers: redactor.headers(left?.headers ?? {}),
      size: left ? Buffer.byteLength(left.body) : 0,
      comment,
    });
    report(entry);
  }

  function report(entry: RecordedRequest): void {
    // Both a thrown error and a rejected promise become a warning: neither may change what is answered.
    new Promise((resolve) => resolve(options.onRequest?.(entry))).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      process.emitWarning(`onRequest of the mock failed: ${reason}`, "GeminiDBMockWarning");
    });
  }

  const shell = createFetchShell(exchange);
  let closed: Promise<void> | undefined;
  const core: Core = {
    exchange,
    queue(more) {
      for (const [operation, replies] of checkedScenario(more)) world.replies.queue(operation, replies);
    },
    malformed(line, status, reason) {
      const [method = "", path = ""] = line.split(" ");
      const entry = journal.open({ operationId: undefined, method, path, headers: {} });
      entry.violations = [{ path: ["request"], message: reason }];
      entry.violationCount = 1;
      entry.answer = String(status);
      report(entry);
    },
    mock: {
      get url() {
        return surroundings.url();
      },
      fetch: shell.fetch,
      requests: journal.requests,
      get pending() {
        return world.replies.pending;
      },
      get backups() {
        return backupsOf(world);
      },
      seed,
      respond: (operationId, ...replies) => world.replies.add(operationId, replies),
      verify: () => verify(journal.requests, world.replies.pending),
      reset() {
        journal.clear();
        world = newWorld();
      },
      close() {
        closed ??= (async () => {
          shell.close();
          await surroundings.close();
          archive?.close();
        })();
        return closed;
      },
      async [Symbol.asyncDispose]() {
        await core.mock.close();
        if (options.verify) core.mock.verify();
      },
    },
  };
  return core;
}
