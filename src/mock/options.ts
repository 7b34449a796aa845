import type { components, operations as Operations } from "../../generated/schema.js";
import { suggestion } from "../client/names.js";
import type { Lenient } from "../client/operation-types.js";
import { describeValue, isObject } from "../client/untrusted.js";
import { OptionError } from "../shared/option-error.js";
import { backupsFault, quotaFault } from "./backups.js";
import type { ChaosOptions } from "./chaos.js";
import { beginningOf, booleanFault, durationRule, isDuration, isText, isWhole } from "./checks.js";
import type { RecordedRequest } from "./journal.js";
import { copyOf, isPlainObject } from "./json.js";
import { mostResources } from "./limits.js";
import { faults, type Reply } from "./reply.js";
import { unknownName } from "./suggest.js";

/** A backup that exists, by the wire names of the request that made it and of its answer. */
export type Backup = Readonly<
  Operations["deleteManualBackup"]["parameters"]["path"] &
    Partial<Operations["createManualBackup"]["parameters"]["path"]> &
    Partial<components["schemas"]["CreateManualBackupRequest"]> &
    Partial<components["schemas"]["CreateManualBackupResponse"]>
>;

/** What `createMock` takes. */
export interface MockOptions {
  /**
   * Answers every call with the documented example, and remembers nothing.
   * @default false
   */
  stateless?: boolean | undefined;
  /**
   * Milliseconds for which an accepted operation keeps its instance busy; another is then answered with the busy code.
   * @default 0
   */
  busyFor?: number | undefined;
  /**
   * Milliseconds to wait before every answer, by the clock of the test where it has a fake one.
   * @default 0
   */
  latency?: number | undefined;
  /**
   * The backups that exist from the start, at most 10,000.
   * @default the one that the documented example of the delete deletes; with a `quota` of 0, none
   */
  backups?: Lenient<readonly Backup[]> | undefined;
  /**
   * How many backups a project may have; one more is refused. The default is no limit. The mock itself remembers 10,000
   * backups, fewer where they take more than 32 MB: with one more, it forgets the oldest.
   */
  quota?: number | undefined;
  /** Replies to queue from the start, by operation. */
  scenario?: Readonly<Record<string, readonly Reply[]>> | undefined;
  /** Random faults for a share of the requests that no reply and no preference decides. */
  chaos?: ChaosOptions | undefined;
  /** A file to which each exchange is written as HTTP Archive, once its response has left. Each mock needs its own, and one that holds anything else is refused. Credentials are redacted. */
  har?: string | undefined;
  /** Called when a request has been answered, also when `reset()` was called meanwhile. If it throws, the process emits a warning. */
  onRequest?: ((request: RecordedRequest) => unknown) | undefined;
  /**
   * Calls `verify()` when `await using` ends. A test that has failed before then ends with a `SuppressedError`: its `error`
   * says what `verify()` found, its `suppressed` why the test failed. `mock.verify()` as the last line of a test avoids that.
   * @default false
   */
  verify?: boolean | undefined;
}

/** What `startMock` takes. */
export interface ServerOptions extends MockOptions {
  /**
   * The port; 0 takes any that is free.
   * @default 0
   */
  port?: number | undefined;
  /**
   * The address to listen on. Any other than this machine's own opens the mock to the network.
   * @default "127.0.0.1"
   */
  host?: string | undefined;
  /**
   * A certificate and its key, in PEM: the mock then speaks https. Clients only trust a certificate that names the `host`: by
   * default the IP address 127.0.0.1, and with `host: "localhost"` that name.
   */
  tls?: { readonly cert: string | Uint8Array; readonly key: string | Uint8Array } | undefined;
  /**
   * Serves the control interface under `/__mock/`, for other languages and for `connectMock`.
   * @default false
   */
  control?: boolean | undefined;
  /**
   * Lets the process end although the mock is open, also while an answer waits.
   * @default false
   */
  unref?: boolean | undefined;
}

/** The generator of the faults begins with 32 bits. */
const largestSeed = 2 ** 32 - 1;
const largestPort = 65_535;

type Check = (value: unknown) => string | undefined;

const mockChecks: Readonly<Record<keyof MockOptions, Check>> = {
  stateless: booleanFault,
  busyFor: durationFault,
  latency: durationFault,
  backups: backupsFault,
  quota: (value) =>
    isWhole(value, 0, mostResources) ? undefined : `must be a whole number from 0 to ${mostResources}`,
  scenario: (value) => (isPlainObject(value) ? undefined : "must map each operation to a list of replies"),
  chaos: chaosFault,
  har: (value) => (isText(value) ? undefined : "must be the path of a file"),
  onRequest: (value) => (typeof value === "function" ? undefined : "must be a function"),
  verify: booleanFault,
};
const serverChecks: Readonly<Record<keyof ServerOptions, Check>> = {
  ...mockChecks,
  port: (value) => (isWhole(value, 0, largestPort) ? undefined : `must be a whole number from 0 to ${largestPort}`),
  host: (value) =>
    isText(value) ? undefined : 'must be an address; every address of this machine is "0.0.0.0", never an empty text',
  tls: tlsFault,
  control: booleanFault,
  unref: booleanFault,
};

/** @throws {TypeError} in one sentence that names the option */
export function checkMockOptions(options: unknown): void {
  check("createMock", options, mockChecks);
}

/** @throws {TypeError} in one sentence that names the option */
export function checkServerOptions(options: unknown): void {
  check("startMock", options, serverChecks);
}

/** A copy of checked options: what the caller changes later must not reach a `reset()`. */
export function copyOptions({ backups, chaos, ...rest }: MockOptions): MockOptions {
  return { ...rest, backups: backups && copyOf(backups), chaos: chaos && copyOf(chaos) };
}

function check(what: string, options: unknown, checks: Readonly<Record<string, Check>>): void {
  // What an option inherits would be used in some places only.
  if (!isPlainObject(options)) throw new TypeError(`${what}: the options must be a plain object`);
  for (const [name, value] of Object.entries(options)) {
    const test = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!test) throw new TypeError(unknownOption(what, name, checks));
    const wrong = value === undefined ? undefined : test(value);
    if (wrong !== undefined) throw new OptionError(`${what}:`, name, wrong);
  }
  const idle = options.stateless === true ? ofMemory.find((name) => asksForMemory(name, options[name])) : undefined;
  if (idle !== undefined) {
    throw new OptionError(
      `${what}:`,
      idle,
      "needs a mock that remembers backups, and with stateless it remembers none",
    );
  }
  const tooMany = quotaFault(options);
  if (tooMany !== undefined) throw new OptionError(`${what}:`, "backups", tooMany);
}

function unknownOption(what: string, name: string, checks: Readonly<Record<string, Check>>): string {
  if (Object.hasOwn(serverChecks, name)) return `${what} has no option ${name}: it needs a port, which startMock has`;
  return unknownName(`${what} has no option`, name, Object.keys(checks));
}

/** The options that mean nothing without a memory. */
const ofMemory = ["backups", "quota", "busyFor"] as const;

/** A mock without a memory has no backups and is never busy, so an empty list and 0 milliseconds ask for nothing. */
function asksForMemory(name: (typeof ofMemory)[number], value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (name === "busyFor" && value === 0) return false;
  return value !== undefined;
}

function durationFault(value: unknown): string | undefined {
  return isDuration(value) ? undefined : durationRule;
}

function tlsFault(value: unknown): string | undefined {
  if (!isObject(value)) return "must be an object with cert and key";
  const ok = [value.cert, value.key].every((part) => isText(part) || part instanceof Uint8Array);
  return ok && Object.keys(value).length === 2 ? undefined : "must have cert and key, both in PEM, and nothing else";
}

function isFault(value: unknown): boolean {
  return faults.some((fault) => fault === value);
}

function chaosFault(value: unknown): string | undefined {
  if (!isPlainObject(value)) return "must be an object with share, and seed if you like";
  const { share, seed, faults: chosen, ...more } = value;
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) return unknownName("has no key", unknown, ["share", "seed", "faults"]);
  if (typeof share !== "number" || !(share >= 0 && share <= 1)) return "must have a share from 0 to 1";
  if (seed !== undefined && !isWhole(seed, 0, largestSeed))
    return `must have a seed that is a whole number from 0 to ${largestSeed}`;
  if (chosen === undefined) return undefined;
  const wanted = `must have faults that are a list of ${faults.join(", ")}`;
  if (!Array.isArray(chosen) || chosen.length === 0) return wanted;
  // By its iterator, a list has what it lacks as well.
  for (const fault of chosen) {
    if (!isFault(fault))
      return `${wanted}, and ${beginningOf(fault)} is none${suggestion(describeValue(fault), faults)}`;
  }
  return undefined;
}
