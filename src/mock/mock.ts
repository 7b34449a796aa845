import { type CatalogueOperation, catalogue } from "../../generated/catalogue.js";
import type { OperationId } from "../../generated/operations.js";
import { operations } from "./answers.js";
import { Chaos } from "./chaos.js";
import { corsHeaders, preflightAnswer } from "./cors.js";
import { type Decision, decide, type World } from "./decide.js";
import { createFetchShell, type MockFetch } from "./fetch.js";
import { HarFile } from "./har.js";
import { type Entry, Journal, longestBody, type RecordedRequest, shortenedViolations } from "./journal.js";
import { type Backup, checkMockOptions, type MockOptions } from "./options.js";
import { type Incoming, type Outcome, pause } from "./outcome.js";
import { judges } from "./prism.js";
import { type PendingReply, Replies } from "./replies.js";
import { copyReply, type Reply } from "./reply.js";
import { type Body, originForm, routeOf } from "./request.js";
import { Redactor } from "./secrets.js";
import { documentedResources, State } from "./state.js";
import { unknownName } from "./suggest.js";
import { verify } from "./verify.js";

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

/** One request and what is to happen to it. */
export interface Exchange {
  readonly outcome: Outcome;
  /** Called once, when the outcome has happened, or when the caller was gone before. */
  end(arrived: boolean): void;
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

/** The scenario, checked and copied once, since it is queued again by each `reset()`. */
function checkedScenario(scenario: Readonly<Record<string, readonly unknown[]>>): [CatalogueOperation, Reply[]][] {
  return Object.entries(scenario).map(([operationId, replies]) => {
    const operation = operations.get(operationId);
    if (!operation) throw new TypeError(unknownName("there is no operation", operationId, [...operations.keys()]));
    if (!Array.isArray(replies)) throw new TypeError(`scenario: ${operationId} must have a list of replies`);
    return [operation, replies.map((reply) => copyReply(operation, reply))];
  });
}

function worldOf(options: MockOptions, scenario: [CatalogueOperation, Reply[]][], seed: number | undefined): World {
  const replies = new Replies();
  for (const [operation, list] of scenario) replies.queue(operation, list);
  const { stateless = false, busyFor = 0, quota, backups, chaos } = options;
  const all = [...operations.values()];
  const resources = structuredClone(backups) ?? documentedResources(all);
  return {
    replies,
    state: stateless ? undefined : new State(all, { busyFor, quota, resources }),
    chaos: chaos && seed !== undefined ? new Chaos(chaos, seed) : undefined,
    requestIdUsed: false,
  };
}

/** The resources of the state are described by the operations' own schemas, as `Backup` is. */
function backupsOf({ state }: World): Backup[] {
  return (state?.resources ?? []) as Backup[];
}

function recordBody(entry: Entry, { text, size }: Body, redactor: Redactor): void {
  entry.bodySize = size;
  entry.bodyText = redactor.beginning(text, longestBody);
}

function recordDecision(entry: Entry, { outcome, code }: Decision, redactor: Redactor): void {
  entry.code = code;
  if (outcome.kind !== "answer") {
    entry.answer = outcome.kind;
    return;
  }
  entry.answer = outcome === unfinished.outcome ? "unfinished" : String(outcome.status);
  entry.answerText = redactor.beginning(outcome.body, longestBody);
}

/** What becomes of a request whose caller goes away before its body ends. */
const unfinished: Decision = {
  outcome: { kind: "answer", status: 400, headers: {}, body: "", pace: "whole" },
  delay: 0,
  code: undefined,
  broken: "the request was not finished",
};

/** The answer to a request that the mock itself cannot serve, such as a preference for an example that does not exist. */
function problem(error: unknown): Decision {
  const detail = error instanceof Error ? error.message : String(error);
  const body = JSON.stringify({ title: "The mock cannot answer this", detail, status: 500 });
  const headers = { "content-type": "application/problem+json", "content-length": String(Buffer.byteLength(body)) };
  const outcome: Outcome = { kind: "answer", status: 500, headers, body, pace: "whole" };
  return { outcome, delay: 0, code: undefined, broken: "the mock cannot answer this" };
}

/** Violations as JSON that can travel in a header, whatever language they are in. */
function asciiJson(violations: RecordedRequest["violations"], count: number): string {
  const text = JSON.stringify(violations).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return text.length > 4096 ? JSON.stringify([{ path: [], message: `${count} violations` }]) : text;
}
