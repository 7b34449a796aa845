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
  auth: "string function object",
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
    if (value !== undefined && !type.includes(typeof value))
      throw wrong(name, `must be a ${type.replaceAll(" ", " or ")}`);
  }
  const { auth, region, baseUrl, allowInsecure, maxResponseBytes = 2 ** 20 } = options;
  if (typeof auth === "object" && typeof auth?.sign !== "function")
    throw wrong("auth", "must be a token, or a function that gives one");
  return {
    ...options,
    ...checkLimits(options),
    baseUrl: baseUrl === undefined ? regionUrl(region) : checkUrl(baseUrl, allowInsecure),
    maxResponseBytes: whole("maxResponseBytes", maxResponseBytes, 1),
  };
}

/** Checks what a call may set for itself too. */
export function checkLimits({ timeout = 30_000, retries = 2 }: Pick<ClientOptions, "timeout" | "retries">) {
  return { timeout: whole("timeout", timeout, 1), retries: whole("retries", retries, 0) };
}

/** A host of the spec for a region: of the service, or of IAM. */
export function regionUrl(region = "", host: "url" | "iam" = "url"): string {
  const server = servers.find(({ regions }) => regions.includes(region as Region));
  const template = server?.[host];
  if (template) return template.replace("{region}", region);
  const near = nearest(
    region,
    servers.flatMap(({ regions }) => regions),
  );
  throw wrong(
    "region",
    `is ${region ? "not known" : "missing"}${near}. ${host === "url" ? "baseUrl" : "iamUrl"} takes any host`,
  );
}

/** Checks a base URL: https, or http on this machine, and nothing behind host and port. */
export function checkUrl(text: string, allowInsecure = false, name = "baseUrl"): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw wrong(name, "must be scheme, host and port, such as https://example.com");
  }
  const { protocol, hostname, pathname, username, password, origin } = url;
  if (username || password) throw wrong(name, "must hold no user and no password");
  if (pathname !== "/" || /[?#]|\/$/.test(text))
    throw wrong(name, "must end after host and port: no path, query or trailing slash");
  const loopback = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  if (protocol !== "https:" && !(protocol === "http:" && (loopback || allowInsecure))) {
    throw wrong(
      name,
      "must be https, so that nobody reads the credentials on the way. allowInsecure: true allows http",
    );
  }
  return origin;
}

function whole(name: string, value: number, least: number): number {
  // 2^31 - 1 is the longest that timers take.
  if (Number.isInteger(value) && value >= least && value < 2 ** 31) return value;
  throw wrong(name, `must be a whole number, ${least} or more`);
}

function wrong(name: string, fault: string): TypeError {
  return new TypeError(`option ${name} ${fault}`);
}

/** The allowed word with the least distance (Levenshtein). */
function nearest(word: string, allowed: readonly string[]): string {
  const distance = (a: string, b: string): number => {
    let row = [...`${b} `].map((_, index) => index);
    for (const [i, char] of [...a].entries()) {
      row = row.reduce<number[]>((next, above, j) => {
        const diagonal = (row[j - 1] ?? 0) + (char === b[j - 1] ? 0 : 1);
        next.push(j ? Math.min(above + 1, (next[j - 1] ?? 0) + 1, diagonal) : i + 1);
        return next;
      }, []);
    }
    return row.at(-1) ?? 0;
  };
  const [best] = allowed.map((name) => [distance(word, name), name] as const).sort(([a], [b]) => a - b);
  return best && word ? `: did you mean ${best[1]}?` : "";
}
