import type { ErrorContext, OperationName, Outcome } from "./errors.js";
import type { CallEvent } from "./hooks.js";
import type { CallOptions, Config } from "./options.js";
import { redact, redactCut, redactLong } from "./redact.js";
import { type Send, sendWith } from "./send.js";

let calls = 0;

/** One call of a method or of `raw`, with all its attempts: what was asked for, and what is known so far. */
export class Call {
  readonly id = String(++calls);
  readonly timeout: number;
  readonly retries: number;
  readonly send: Send;
  readonly signal: AbortSignal | undefined;
  /** How many attempts have begun. */
  attempts = 0;
  /** The ID that the gateway gave to the last request which was answered. */
  requestId: string | undefined;
  /** What is known of the outcome, over all attempts so far. */
  outcome: Outcome = "not-sent";
  /** Every credential of the call, also those that were refused and replaced. */
  private readonly secrets = new Set<string>();

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
  }

  /** What every hook is told. */
  get event(): CallEvent {
    return { id: this.id, operation: this.operation, attempt: this.attempts };
  }

  /** What every error of this call tells. */
  get errorContext(): ErrorContext {
    const { operation, attempts, requestId, outcome } = this;
    return { operation, attempts, requestId, outcome };
  }

  /** Takes the outcome of an attempt into account: the call's is the least certain of all. */
  learnOutcome(outcome: Outcome): void {
    const certainties: Outcome[] = ["unknown", "refused", "not-sent"];
    if (certainties.indexOf(outcome) < certainties.indexOf(this.outcome)) this.outcome = outcome;
  }

  /** Remembers credentials, to take them out of whatever comes back. */
  keepSecrets(secrets: Iterable<string>): void {
    for (const secret of secrets) this.secrets.add(secret);
  }

  /** Takes every credential of the call out of a text. */
  redact(text: string): string {
    return redact(text, this.secrets);
  }

  /** The same for a text that may end in the middle of a credential. */
  redactCut(text: string): string {
    return redactCut(redact(text, this.secrets), this.secrets);
  }

  /** The same for what a caller gets as data, of which a short word must not be taken for a credential by chance. */
  redactData(text: string): string {
    return redactLong(text, this.secrets);
  }
}
