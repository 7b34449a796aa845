import { type Region, servers } from "../../generated/operations.js";
import type { Auth } from "./auth.js";
import type { Hooks } from "./hooks.js";

/** What `createClient` takes. */
export interface ClientOptions extends Hooks {
  /** The region of the instance, the project and the token. Gives the host. */
  region?: Region | (string & {}) | undefined;
  /**
   * Scheme, host and port, in place of `region`: for a new region, a proxy or the mock. Wins over `region`.
   * @example "http://127.0.0.1:4010"
   */
  baseUrl?: string | undefined;
  /** The project, for every call that does not name another. */
  project_id?: string | undefined;
  /** A token, `passwordToken({…})`, `accessKey({…})`, or a function that gives a token. */
  auth?: Auth | undefined;
  /** In place of the global `fetch`; called with a URL and its init. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined;
  /**
   * Milliseconds for one attempt, from the token to the last byte of the answer.
   * @default 30000
   */
  timeout?: number | undefined;
  /**
   * How often a failed call is repeated, where that is safe and may help.
   * @default 2
   */
  retries?: number | undefined;
  /**
   * The most bytes of an answer that are read.
   * @default 1048576
   */
  maxResponseBytes?: number | undefined;
  /**
   * Allows plain http to a host that is not this machine. The token can then be read on the way.
   * @default false
   */
  allowInsecure?: boolean | undefined;
}

const types: Record<keyof ClientOptions, string> = {
  region: "string",
  baseUrl: "string",
  project_id: "string",
  auth: "string or function",
  fetch: "function",
  timeout: "number",
  retries: "number",
  maxResponseBytes: "number",
  allowInsecure: "boolean",
  onRequest: "function",
  onResponse: "function",
  onRetry: "function",
};

export type Config = ReturnType<typeof checkOptions>;

/**
 * Checks the options and fills in the defaults.
 * @throws {TypeError} that names the option, what was allowed, and never a secret
 */
export function checkOptions(options: ClientOptions) {
  for (const [name, value] of Object.entries(options)) {
    const type = types[name as keyof ClientOptions];
    if (!type) throw wrong(name, `is not known${nearest(name, Object.keys(types))}`);
    if (value !== undefined && !type.includes(typeof value) && !value?.sign) throw wrong(name, `must be a ${type}`);
  }
  const { region, baseUrl, allowInsecure } = options;
  return {
    ...options,
    ...checkLimits(options),
    baseUrl: baseUrl === undefined ? regionUrl(region) : checkUrl(baseUrl, allowInsecure),
  };
}

const limits = { timeout: [1, 30_000], retries: [0, 2], maxResponseBytes: [1, 2 ** 20] } as const;
type Limits = { [Name in keyof typeof limits]?: number | undefined };

/** Checks what a call may set for itself too. */
export function checkLimits(own: Limits, shared: Limits = {}): Required<{ [Name in keyof Limits]: number }> {
  const entries = Object.entries(limits).map(([key, [least, usual]]) => {
    const name = key as keyof Limits;
    const value = own[name] ?? shared[name] ?? usual;
    // 2^31 - 1 is the longest that timers take.
    if (Number.isInteger(value) && value >= least && value < 2 ** 31) return [name, value];
    throw wrong(name, `must be a whole number, ${least} or more`);
  });
  return Object.fromEntries(entries);
}

/** A host of the spec for a region: of the service, or of IAM. */
export function regionUrl(region = "", hosts = servers, name = "baseUrl"): string {
  const template = hosts.find(({ regions }) => regions.split(" ").includes(region))?.url;
  if (template) return template.replace("{region}", region);
  const all = hosts.flatMap(({ regions }) => regions.split(" "));
  throw wrong("region", `is ${region ? "not known" : "missing"}${nearest(region, all)}. ${name} takes any host`);
}

/** Checks a base URL: https, or http on this machine, and nothing behind host and port. */
export function checkUrl(text: string, allowInsecure = false, name = "baseUrl"): string {
  try {
    const { protocol, hostname, origin, href } = new URL(text);
    const insecure = allowInsecure || /^((.+\.)?localhost|127(\.\d+){3}|\[::1])$/.test(hostname);
    const allowed = protocol === "https:" || (insecure && protocol === "http:");
    if (allowed && href === `${origin}/` && !text.endsWith("/")) return origin;
  } catch {}
  throw wrong(name, "must be https, host and port; allowInsecure allows http");
}

function wrong(name: string, fault: string): TypeError {
  return new TypeError(`option ${name} ${fault}`);
}

/** The allowed word that has most pairs of letters in common. */
function nearest(word: string, allowed: readonly string[]): string {
  const shared = (name: string) => [...word].filter((_, at) => name.includes(word.slice(at, at + 2))).length;
  return word && `: did you mean ${[...allowed].sort((a, b) => shared(b) - shared(a))[0]}?`;
}
