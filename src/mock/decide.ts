import { catalogue } from "../../generated/catalogue.js";
import { requestIdHeader } from "../../generated/operations.js";
import { isObject } from "../client/untrusted.js";
import { type Documented, failureByCode, namedAnswer } from "./answers.js";
import type { Decision } from "./decision.js";
import { withFault } from "./fault.js";
import { freshText } from "./fresh.js";
import { type Answer, type Incoming, wholeAnswer } from "./outcome.js";
import { preferredReply } from "./prefer.js";
import { type Judge, judges, type Violation } from "./prism.js";
import { isValidWithoutBody, refusalOf } from "./refusal.js";
import { isCarriedOut, type Reply } from "./reply.js";
import { type Body, type Call, withBody } from "./request.js";
import type { World } from "./world.js";

/** Receives what is found out about a request, for the record. */
export interface Observer {
  body(body: Body): void;
  violations(violations: readonly Violation[]): void;
}

/**
 * What to answer: what the description says is wrong, else what was preferred or queued, else what the state says.
 * @param limit milliseconds for which the caller may keep the mock waiting for its body
 * @throws {LateBody} where it keeps the mock waiting for longer
 * @throws {Error} where the mock cannot answer, such as a preference for an example that does not exist
 */
export async function decide(
  world: World,
  call: Call | undefined,
  incoming: Incoming,
  observer: Observer,
  limit: number,
): Promise<Decision> {
  const recordedBody = <Result>(use: (body: Body) => Result) =>
    withBody(incoming, limit, (body) => {
      observer.body(body);
      return use(body);
    });
  if (!call) return recordedBody(() => decisionFor(world, undefined, catalogue.unknownRoute, {}));
  const { operation, parameters } = call;
  // Before anything can throw: each request draws one fault, so that the same seed gives the same faults to the next ones.
  const chance = world.chaos?.next();
  let preferred: Reply | undefined;
  try {
    preferred = preferredReply(operation, incoming.headers.prefer);
  } catch (fault) {
    await recordedBody(() => {});
    throw fault;
  }
  const judge = judges().get(operation.operationId);
  if (!judge) throw new Error(`Prism does not know the operation ${operation.operationId}`);
  const { replies } = world;
  // Prefer comes first, then the queue, then chance.
  const replyFrom = <Queued>(queue: () => Queued) => preferred ?? queue() ?? chance;
  const early = replyFrom(() => replies.peekBeforeBody(operation.operationId, parameters));
  if (early !== "unknown" && early?.fault === "reset-early" && isValidWithoutBody(judge, call, incoming)) {
    replyFrom(() => replies.take(operation.operationId, { parameters, body: undefined }));
    return { outcome: { kind: "reset" }, delay: delayOf(early), code: undefined, comment: commentOn(early.fault) };
  }

  return recordedBody((body) => {
    const refusal = refusalOf(judge, call, incoming, body);
    if (refusal) {
      observer.violations(refusal.violations);
      return decisionFor(world, judge, refusal.answer, {});
    }
    const reply = replyFrom(() => replies.take(operation.operationId, { parameters, body: body.value }));
    return decisionForValid(world, judge, call, body, reply ?? {});
  });
}

/** What becomes of a request that keeps to the description: what the reply says, else what the state says. */
function decisionForValid(world: World, judge: Judge, call: Call, body: Body, reply: Reply): Decision {
  const { operation, parameters } = call;
  const named = namedAnswer(operation, reply);
  const answer = named ?? operation.success;
  const isSuccess = answer === operation.success;
  const namedBody = named && isSuccess ? operation.success.body : undefined;
  const verdict = isCarriedOut(operation, reply)
    ? world.state?.apply(operation, { parameters, body: body.value }, namedBody)
    : undefined;
  // An answer that the reply names stands, whatever the state says.
  if (verdict?.kind === "refused" && !named) {
    return decisionFor(world, judge, failureByCode(operation, verdict.code), reply);
  }
  const isDone = verdict?.kind === "done" && isSuccess;
  return decisionFor(world, judge, isDone ? { ...answer, body: verdict.body } : answer, reply);
}

/** What becomes of a request that gets a documented answer, with what the reply adds to it or breaks. */
function decisionFor(world: World, judge: Judge | undefined, documented: Documented, reply: Reply): Decision {
  const answer = withRequestId(world, documented);
  if (judge) checkOwnAnswer(judge, documented, answer);
  const whole = reply.html ? htmlAnswer(answer, reply) : jsonAnswer(answer, reply);
  const outcome = withFault(whole, reply.fault);
  return {
    outcome,
    delay: delayOf(reply),
    code: reply.html ? undefined : answer.code,
    comment: commentOn(reply.fault ?? (reply.html ? "html" : undefined)),
  };
}

/** What the HTTP Archive says of an answer that the test has asked to be broken. */
function commentOn(broken: string | undefined): string | undefined {
  return broken === undefined ? undefined : `broken on request: ${broken}`;
}

/** The page of a proxy in place of an answer. */
function htmlAnswer(answer: Documented, reply: Reply): Answer {
  const status = reply.status ?? (reply.example === undefined ? 502 : answer.status);
  const text = `<html><head><title>${status}</title></head><body><h1>${status}</h1></body></html>\n`;
  return textAnswer(status, { ...answer.headers, "content-type": "text/html" }, text, reply);
}

function jsonAnswer({ status, headers, body }: Documented, reply: Reply): Answer {
  return textAnswer(status, headers, body === undefined ? "" : JSON.stringify(body), reply);
}

/** An answer as it is sent, with the header that the reply adds. */
function textAnswer(status: number, documented: Documented["headers"], body: string, { retryAfter }: Reply): Answer {
  const headers: Record<string, string> = { ...documented };
  // Spaces around a value are no part of it, and not all clients drop them.
  if (retryAfter !== undefined) headers["retry-after"] = String(retryAfter).trim();
  return wholeAnswer(status, headers, body);
}

/** In milliseconds. Where the reply has a range, each request gets a random value of it. */
function delayOf({ delay = 0 }: Reply): number {
  const [least, most] = typeof delay === "number" ? [delay, delay] : delay;
  return least + Math.random() * (most - least);
}

/** The documented request ID the first time, then a fresh one of that form, in the headers and wherever the body has it. */
function withRequestId(world: World, documented: Documented): Documented {
  const first = !world.requestIdUsed;
  world.requestIdUsed = true;
  if (first || !world.state) return documented;
  const headers: Record<string, string> = {};
  let { body } = documented;
  for (const [name, value] of Object.entries(documented.headers)) {
    // Other headers belong to the documented answer, such as the address of the job that its body names.
    const fresh = name === requestIdHeader ? freshText(value) : value;
    headers[name] = fresh;
    if (isObject(body)) {
      body = Object.fromEntries(Object.entries(body).map(([key, one]) => [key, one === value ? fresh : one]));
    }
  }
  return { ...documented, headers, body };
}

/** The answers that are known to keep to the description. */
const checked = new WeakMap<Judge, Set<string>>();

/**
 * Checks a documented answer the first time, as documented and with fresh ids; they only ever differ in their digits.
 * @throws {Error} when the mock itself would break the description
 */
function checkOwnAnswer(judge: Judge, documented: Documented, answer: Documented): void {
  const known = checked.get(judge) ?? new Set();
  checked.set(judge, known);
  const key = `${answer.status} ${answer.example} ${answer === documented ? "documented" : "fresh"}`;
  if (known.has(key)) return;
  const [first] = judge.output(answer);
  if (first) throw new Error(`the mock's own answer breaks the description: ${first.path.join(".")} ${first.message}`);
  known.add(key);
}
