import { operations } from "../../generated/operations.js";
import type { Answered } from "./attempt-result.js";
import { type ErrorContext, GeminiDBError, type OperationName, type Outcome } from "./errors.js";
import type { Failure } from "./failure.js";
import type { AbortEvent, CallEvent, Hooks } from "./hooks.js";
import { oneLine } from "./one-line.js";
import type { CallOptions, Config } from "./options.js";
import { whatIsKnown } from "./outcome.js";
import { Secrets } from "./secrets.js";
import { type Send, sendWith } from "./send.js";
import { sentences } from "./sentences.js";

let calls = 0;

/** One call of a method or of `raw`, with all its attempts: what was asked for, and what is known so far. */
export class Call {
  readonly id = String(++calls);
  readonly timeout: number;
  readonly retries: number;
  readonly send: Send;
  readonly signal: AbortSignal | undefined;
  readonly onAbort: Hooks["onAbort"];
  private begun = 0;
  /** The ID of the last response that had one. */
  requestId: string | undefined;
  /** What is known of the requests that have ended. */
  private known: Outcome = "not-sent";
  /** Whether a request is under way, so that its outcome is not known yet. */
  private isUnderWay = false;
  /** How often the service has refused a credential. After the first time, another one is asked for. */
  refusals = 0;
  /** The last answer, as the transport gives it to openapi-fetch. */
  lastAnswer: Answered | undefined;
  readonly secrets = new Secrets();

  constructor(
    readonly config: Config,
    readonly operation: OperationName,
    readonly method: string,
    options: CallOptions,
  ) {
    this.timeout = options.timeout ?? config.timeout;
    this.retries = options.retries ?? config.retries;
    this.send = options.fetch ? sendWith(options.fetch) : config.send;
    this.signal = options.signal;
    this.onAbort = options.onAbort;
    // Known before anything is sent: the path of a raw call may hold it.
    if (typeof config.auth === "string") this.secrets.addCredential([config.auth]);
  }

  /** The operation as messages and hooks may show it: that of a raw call is a path, which may hold anything. */
  get shownOperation(): OperationName {
    const isDescribed = Object.hasOwn(operations, this.operation);
    return isDescribed ? this.operation : oneLine(this.secrets.redact(this.operation));
  }

  /** How many attempts have begun. */
  get attempts(): number {
    return this.begun;
  }

  beginAttempt(): void {
    this.begun++;
  }

  /** The attempt has sent its request. Until it ends, nobody knows what became of that. */
  requestLeaves(): void {
    this.isUnderWay = true;
  }

  endAttempt(): void {
    this.isUnderWay = false;
  }

  /** The last attempt does not count, because it had nothing to send. */
  discardAttempt(): void {
    this.begun--;
  }

  /** What the service says in a failed response. Undefined for one that a middleware has put in the place of the service's. */
  failureIn(response: Response): Failure | undefined {
    return this.lastAnswer?.response === response ? this.lastAnswer.failure : undefined;
  }

  /** What is known of the outcome, over all attempts so far. */
  get outcome(): Outcome {
    return this.isUnderWay ? "unknown" : this.known;
  }

  /** What every hook is told. */
  get event(): CallEvent {
    return { id: this.id, operation: this.shownOperation, attempt: this.attempts };
  }

  /** What every error of this call tells. */
  get errorContext(): ErrorContext {
    const { shownOperation: operation, attempts, requestId, outcome } = this;
    return { operation, attempts, requestId, outcome };
  }

  /** What is known when the caller ends the call now. */
  get abortEvent(): AbortEvent {
    return { ...this.event, outcome: this.outcome, requestId: this.requestId };
  }

  /** The error for a request that is not sent. It need not be the first one: a middleware may send another after it. */
  notSentError(reason: string): GeminiDBError {
    return new GeminiDBError(sentences(oneLine(this.secrets.redact(reason)), whatIsKnown(this)), this.errorContext);
  }

  /**
   * Takes the outcome of an attempt into account: the call's is the least certain of all. What a middleware answers in the place of
   * the service changes nothing of it.
   */
  learnOutcome(outcome: Outcome): void {
    if (certainty[outcome] < certainty[this.known]) this.known = outcome;
  }
}

const certainty: Record<Outcome, number> = { unknown: 0, refused: 1, "not-sent": 2 };
