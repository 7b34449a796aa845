import { catalogue } from "../../generated/catalogue.js";
import { reasonOf } from "../client/untrusted.js";
import { realTime } from "./clock.js";
import type { Observer } from "./decide.js";
import type { Decision } from "./decision.js";
import { type Archived, HarFile } from "./har.js";
import { type DroppedWrong, type Entry, Journal, type RecordedRequest } from "./journal.js";
import { longestMessage, longestRecordedBody, mostViolations } from "./limits.js";
import type { MockOptions } from "./options.js";
import type { Answer, Delivery, Incoming } from "./outcome.js";
import type { Violation } from "./prism.js";
import { type Body, type Call, requestTarget } from "./request.js";
import { Redactor } from "./secrets.js";

/** What was sent of an answer. */
type Sent = Pick<Archived, "status" | "headers" | "size" | "text">;
const nothing: Sent = { status: 0, headers: {}, size: 0, text: "" };

/** The first line of a request, and nothing else. */
const requestLine = /^([\w!#$%&'*+.^`|~-]{1,40}) (\S+) HTTP\//;

/** Keeps the record of all requests: in memory, in the HTTP Archive, and through `onRequest`. */
export class Recorder {
  readonly #journal = new Journal();
  readonly #archive: HarFile | undefined;
  readonly #onRequest: MockOptions["onRequest"];
  readonly #url: () => string;

  constructor({ har, onRequest }: MockOptions, url: () => string) {
    this.#archive = har === undefined ? undefined : new HarFile(har, catalogue.version);
    this.#onRequest = onRequest;
    this.#url = url;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#journal.requests;
  }

  /** The wrong requests that have left the record. */
  get droppedWrong(): DroppedWrong {
    return this.#journal.droppedWrong;
  }

  /** Begins the HTTP Archive. @throws {Error} in one sentence, when it cannot be written */
  begin(): void {
    this.#archive?.begin();
  }

  /** Records that a request has arrived. */
  open({ method, headers }: Pick<Incoming, "method" | "headers">, target: string, call: Call | undefined): Recording {
    const redactor = new Redactor(headers, target);
    const entry = this.#journal.open({
      operationId: call?.operation.operationId,
      method,
      path: redactor.target(target),
      headers: redactor.headers(headers),
    });
    entry.parameters = redactor.values(call?.parameters ?? {});
    return new Recording(this, entry, redactor);
  }

  /**
   * Records a request that was refused before it was routed. Of its text only a request line is kept, because the rest
   * may hold a credential.
   * @param status the status of its answer; undefined where it cannot be answered
   * @returns a function to call once, with whether that answer has been sent
   */
  refusedBeforeRouting(text: string, status: number | undefined, reason: string): (hasLeft: boolean) => void {
    const began = realTime();
    const [, method = "", written = ""] = requestLine.exec(text) ?? [];
    const target = requestTarget(written);
    const path = new Redactor({}, target).target(target);
    const entry = this.#journal.open({ operationId: undefined, method, path, headers: {} });
    entry.violations = [{ path: ["request"], message: reason }];
    entry.violationCount = 1;
    entry.answer = String(status ?? "unfinished");
    return (hasLeft) => {
      entry.duration = Math.round(realTime() - began);
      if (status !== undefined && !hasLeft) entry.answer = `${status} undelivered`;
      this.finish(entry, () => ({ ...nothing, status: status !== undefined && hasLeft ? status : 0 }), reason);
    };
  }

  /** Updates the size of an entry in the record. */
  weigh(entry: Entry): void {
    this.#journal.weigh(entry);
  }

  /**
   * Writes an entry into the HTTP Archive, and reports it.
   * @param sent tells what was sent of the answer. Only called where there is an archive
   */
  finish(entry: Entry, sent: () => Sent, comment: string | undefined): void {
    // A request without a path, such as `OPTIONS *`, is for the whole server.
    const url = this.#url() + (entry.path.startsWith("/") ? entry.path : "");
    this.#archive?.add({ entry, url, ...sent(), comment });
    this.#report(entry);
  }

  clear(): void {
    this.#journal.clear();
  }

  close(): void {
    this.#archive?.close();
  }

  #report(entry: RecordedRequest): void {
    // Both a thrown error and a rejected promise become a warning: neither may change what is answered.
    new Promise((resolve) => resolve(this.#onRequest?.(entry))).catch((error: unknown) => {
      const reason = reasonOf(error);
      process.emitWarning(`onRequest of the mock failed: ${reason}`, "GeminiDBMockWarning");
    });
  }
}

/** The record of one request, which is filled in while the request is served. */
export class Recording implements Observer {
  readonly #recorder: Recorder;
  readonly #entry: Entry;
  readonly #redactor: Redactor;
  readonly #began = realTime();

  constructor(recorder: Recorder, entry: Entry, redactor: Redactor) {
    this.#recorder = recorder;
    this.#entry = entry;
    this.#redactor = redactor;
  }

  body({ text, size }: Body): void {
    this.#entry.bodySize = size;
    this.#entry.bodyText = this.#redactor.beginning(text, longestRecordedBody);
    this.#entry.isBodyCut = text.length > longestRecordedBody;
  }

  violations(violations: readonly Violation[]): void {
    this.#entry.violationCount = violations.length;
    this.#entry.violations = violations.slice(0, mostViolations).map(({ path, message }) => ({
      path: path.map((step) => this.#redactor.beginning(step, longestMessage)),
      message: this.#redactor.beginning(message, longestMessage),
    }));
  }

  decided({ outcome, code }: Decision): void {
    const entry = this.#entry;
    // A code is a part of the body, which a fault or the method HEAD may take away.
    entry.code = outcome.kind === "answer" && outcome.body !== "" ? code : undefined;
    entry.answer = outcome.kind === "answer" ? String(outcome.status) : outcome.kind;
    if (outcome.kind === "answer") {
      entry.answerText = this.#redactor.beginning(outcome.body, longestRecordedBody);
      entry.isAnswerCut = outcome.body.length > longestRecordedBody;
    }
    this.#recorder.weigh(entry);
  }

  /** The violations as the header `sl-violations`; undefined where there are none. */
  get violationsHeader(): string | undefined {
    const { violations, violationCount } = this.#entry;
    if (violations.length === 0) return undefined;
    const text = asciiJson(violations);
    return text.length > longestHeader ? asciiJson([{ path: [], message: `${violationCount} violations` }]) : text;
  }

  /** @param delivery what has been sent of the answer; undefined where the caller had gone before */
  ended({ outcome, ...decision }: Decision, delivery: Delivery | undefined): void {
    const entry = this.#entry;
    entry.duration = Math.round(realTime() - this.#began);
    let { comment } = decision;
    let sent = () => nothing;
    if (outcome.kind === "answer") {
      if (outcome.pace === "cut") entry.answer = `${outcome.status} cut`;
      if (delivery) sent = () => this.#sent(outcome, delivery);
      if (!delivery?.isComplete) {
        entry.answer = `${outcome.status} undelivered`;
        comment ??= "the caller had gone";
      }
    }
    if (outcome.kind === "reset" && !delivery) entry.answer = "reset undelivered";
    this.#recorder.finish(entry, sent, comment);
  }

  #sent({ status, headers, body }: Answer, { bodySize }: Delivery): Sent {
    const { length } = Buffer.from(body).subarray(0, bodySize).toString();
    const text = this.#redactor.beginning(body, Math.min(length, longestRecordedBody));
    return { status, headers: this.#redactor.headers(headers), size: bodySize, text };
  }
}

/** In characters. */
const longestHeader = 4096;

/** Violations as JSON that can travel in a header, whatever language they are in. */
function asciiJson(violations: readonly Violation[]): string {
  return JSON.stringify(violations).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
