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
   * Milliseconds for one attempt, from the first byte sent to the last byte read.
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

const known: Record<keyof ClientOptions, string> = {
  region: "string",
  baseUrl: "string",
  project_id: "string",
  auth: "",
  fetch: "function",
  timeout: "number",
  retries: "number",
  maxResponseBytes: "number",
  allowInsecure: "boolean",
  onRequest: "function",
  onResponse: "function",
  onRetry: "function",
};

/**
 * Checks the options and fills in the defaults.
 * @throws {TypeError} that names the option, what was allowed, and never a secret
 */
export function checkOptions(options: ClientOptions) {
  if (typeof options !== "object" || options === null) throw new TypeError("createClient takes an object of options");
  for (const [name, value] of Object.entries(options)) {
    const type = known[name as keyof ClientOptions];
    if (type === undefined) {
      throw new TypeError(`unknown option ${name}: ${suggest(name, Object.keys(known))}`);
    }
    if (type && value !== undefined && typeof value !== type) throw new TypeError(`option ${name} must be a ${type}`);
  }
  const { auth } = options;
  if (
    auth !== undefined &&
    typeof auth !== "string" &&
    typeof auth !== "function" &&
    typeof auth?.sign !== "function"
  ) {
    throw new TypeError(
      "option auth must be a token, passwordToken({…}), accessKey({…}) or a function that gives a token",
    );
  }
  return {
    ...options,
    baseUrl:
      options.baseUrl === undefined ? regionUrl(options.region) : checkUrl(options.baseUrl, options.allowInsecure),
    ...checkLimits(options),
    maxResponseBytes: whole("maxResponseBytes", options.maxResponseBytes ?? 2 ** 20, 1),
  };
}

/** Checks what a call may set for itself too. */
export function checkLimits({ timeout = 30_000, retries = 2 }: Pick<ClientOptions, "timeout" | "retries">) {
  return { timeout: whole("timeout", timeout, 1, "milliseconds, "), retries: whole("retries", retries, 0) };
}

/** A host of the spec for a region: of the service, or of IAM. */
export function regionUrl(region: string | undefined, host: "url" | "iam" = "url"): string {
  const regions = servers.flatMap((server) => server.regions as readonly string[]);
  const server = servers.find((candidate) => (candidate.regions as readonly string[]).includes(region ?? ""));
  const template = server?.[host];
  if (!region || !template) {
    const other = host === "url" ? "baseUrl" : "iamUrl";
    throw new TypeError(
      region
        ? `unknown region ${JSON.stringify(region)}: ${suggest(region, regions)}; for a new region give ${other}`
        : `option region is missing: give a region, such as ${regions[1]}, or ${other}`,
    );
  }
  return template.replace("{region}", region);
}

/** Checks a base URL: https, or http on this machine, and nothing behind the host and port. */
export function checkUrl(text: string, allowInsecure = false, name = "baseUrl"): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new TypeError(`option ${name} is no URL: give scheme, host and port, such as https://example.com`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new TypeError(`option ${name} must start with https://`);
  if (url.username || url.password) throw new TypeError(`option ${name} must hold no user name and no password`);
  if (url.pathname !== "/" || /[?#]|\/$/.test(text)) {
    throw new TypeError(
      `option ${name} must end after host and port: no path, query, or trailing slash. Give ${url.origin}`,
    );
  }
  if (url.protocol === "http:" && !allowInsecure && !isLoopback(url.hostname)) {
    throw new TypeError(
      `option ${name} must be https: over http the token can be read on the way. allowInsecure: true allows it`,
    );
  }
  return url.origin;
}

function isLoopback(host: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(host);
}

function whole(name: string, value: number, least: number, unit = ""): number {
  // 2^31 - 1 is the longest that timers take.
  if (!Number.isInteger(value) || value < least || value > 2 ** 31 - 1) {
    throw new TypeError(`option ${name} must be a whole number, ${unit}${least} or more`);
  }
  return value;
}

/** The nearest of the allowed words, or all of them where none is near. */
function suggest(word: string, allowed: readonly string[]): string {
  const [nearest] = allowed
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return nearest && nearest.far <= 4 ? `did you mean ${nearest.candidate}?` : `allowed are ${allowed.join(", ")}`;
}

/** The Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
