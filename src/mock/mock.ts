import type { OperationId } from "../../generated/operations.js";
import { reasonOf } from "../client/untrusted.js";
import { operationsById } from "./answers.js";
import { LateBody, MalformedBody } from "./bodies.js";
import { nextTurn } from "./clock.js";
import { corsHeaders, preflightAnswer } from "./cors.js";
import { decide } from "./decide.js";
import { type Decision, late, malformed, problem, unfinished } from "./decision.js";
import { createFetchShell, type MockFetch } from "./fetch.js";
import type { RecordedRequest } from "./journal.js";
import { bodyTimeout } from "./limits.js";
import { type Backup, checkMockOptions, copyOptions, type MockOptions } from "./options.js";
import { type Exchange, type Incoming, type Outcome, withoutImpossibleBody } from "./outcome.js";
import { judges } from "./prism.js";
import { Recorder, type Recording } from "./recorder.js";
import type { PendingReply } from "./replies.js";
import type { Reply } from "./reply.js";
import { requestTarget, routeOf } from "./request.js";
import { checkedScenario } from "./scenario.js";
import { verify } from "./verify.js";
import { pause } from "./waiting.js";
import { backupsOf, type World, worldOf } from "./world.js";

export interface Mock {
  /** For `createClient({ baseUrl })`. Without a port, an address that only `fetch` of the mock knows. */
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
   * Checks how the mock was used.
   * @throws {Error} that lists the replies which were not used, the requests that do not keep to the description, and those
   * that the mock could not answer
   */
  verify(): void;
  /** Forgets requests, queued replies and backups, and restores the state after the start. Requests that are still under way are not recorded. */
  reset(): void;
  /** Ends every connection. A second call does nothing more. */
  close(): Promise<void>;
  /** Closes, then verifies where the option `verify` is set. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** The mock without a port and without `fetch`. */
export interface Core {
  readonly mock: Mock;
  /** Milliseconds for which a caller may keep the mock waiting for a body. */
  readonly limit: number;
  /** Answers one request. It never rejects. */
  exchange(incoming: Incoming): Promise<Exchange>;
  /** Queues replies by operation. @throws {TypeError} as `respond`; then none is queued */
  queue(scenario: Readonly<Record<string, unknown>>): void;
  /** Begins to record. @throws {Error} in one sentence, when the HTTP Archive cannot be written */
  begin(): void;
  /** Records a request that was refused before it was routed. @returns to be called once, as that of `Recorder` */
  refusedBeforeRouting: Recorder["refusedBeforeRouting"];
}

/** An address that leads nowhere: names below .invalid are never resolved. */
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
  const core = createCore(options, { url: () => nowhere, close: async () => {} });
  core.begin();
  return core.mock;
}

/** What surrounds the core: its address, what must be closed with it, and how long it waits. */
export interface Surroundings {
  url(): string;
  close(): Promise<void>;
  /** As in `Core`; shorter in tests. */
  readonly limit?: number;
}

export function createCore(given: MockOptions, surroundings: Surroundings): Core {
  const options = copyOptions(given);
  const scenario = checkedScenario(options.scenario ?? {});
  const seed = options.chaos && (options.chaos.seed ?? Math.floor(Math.random() * 2 ** 32));
  const { limit = bodyTimeout } = surroundings;
  const newWorld = () => worldOf(options, scenario, seed);
  judges();
  const recorder = new Recorder(options, surroundings.url);
  let world = newWorld();

  const exchange = async (incoming: Incoming): Promise<Exchange> => {
    const preflight = preflightAnswer(incoming);
    if (preflight) return { outcome: preflight, end: () => {} };
    // A request keeps the world in which it arrived, so that nothing of it is seen after a reset().
    return answer(incoming, world, recorder, options.latency ?? 0, limit);
  };
  const queue: Core["queue"] = (more) => {
    for (const [operation, replies] of checkedScenario(more)) world.replies.queue(operation, replies);
  };
  const shell = createFetchShell(exchange);
  let closed: Promise<void> | undefined;
  const mock: Mock = {
    get url() {
      return surroundings.url();
    },
    fetch: shell.fetch,
    get requests() {
      return [...recorder.requests];
    },
    get pending() {
      return world.replies.pending;
    },
    get backups() {
      return backupsOf(world);
    },
    seed,
    respond: (operationId, ...replies) => queue({ [operationId]: replies }),
    verify: () => verify(recorder.requests, recorder.droppedWrong, world.replies.pending),
    reset() {
      recorder.clear();
      world = newWorld();
    },
    close() {
      closed ??= (async () => {
        await shell.close();
        await surroundings.close();
        // Requests that were under way end within a turn of the event loop, and are recorded as ended.
        await nextTurn();
        recorder.close();
      })();
      return closed;
    },
    async [Symbol.asyncDispose]() {
      await mock.close();
      if (options.verify) mock.verify();
    },
  };
  return {
    mock,
    limit,
    exchange,
    begin: () => recorder.begin(),
    queue,
    refusedBeforeRouting: (text, status, reason) => recorder.refusedBeforeRouting(text, status, reason),
  };
}

/**
 * Records a request, decides what becomes of it, and waits until that is due.
 * @param limit milliseconds for which the caller may keep the mock waiting for its body
 */
async function answer(
  incoming: Incoming,
  world: World,
  recorder: Recorder,
  latency: number,
  limit: number,
): Promise<Exchange> {
  const target = requestTarget(incoming.target);
  const call = routeOf(incoming.method, target, operationsById);
  const recording = recorder.open(incoming, target, call);
  const decided = await decide(world, call, incoming, recording, limit).catch((error: unknown) =>
    withoutDecision(error, incoming, recording),
  );
  const possible = withoutImpossibleBody(decided.outcome, incoming.method);
  const decision = { ...decided, outcome: withMockHeaders(possible, recording.violationsHeader) };
  recording.decided(decision);
  const delay = decision.delay + latency;
  if (delay > 0) await pause(delay, incoming.signal);
  return { outcome: decision.outcome, end: (delivery) => recording.ended(decision, delivery) };
}

/** What becomes of a request about which nothing could be decided. */
function withoutDecision(error: unknown, { signal }: Incoming, recording: Recording): Decision {
  if (signal.aborted) return unfinished;
  const reason = reasonOf(error);
  if (error instanceof LateBody || error instanceof MalformedBody) {
    recording.violations([{ path: ["body"], message: reason }]);
    return error instanceof LateBody ? late : malformed;
  }
  recording.violations([{ path: ["request"], message: `the mock cannot answer this: ${reason}` }]);
  return problem(reason);
}

/** An outcome with the headers of the mock itself: for pages of every origin, and what was wrong with the request. */
function withMockHeaders(outcome: Outcome, violations: string | undefined): Outcome {
  if (outcome.kind !== "answer") return outcome;
  const headers: Record<string, string> = { ...outcome.headers, ...corsHeaders };
  if (violations !== undefined) headers["sl-violations"] = violations;
  return { ...outcome, headers };
}
