import { credentials, type Region } from "../../generated/operations.js";
import type { TokenProvider } from "./auth.js";
import { Overdue, within } from "./deadline.js";
import { AuthenticationError } from "./errors.js";
import { readFailure, reasonOf, scrub } from "./failure.js";
import { checkUrl, regionUrl } from "./options.js";

export interface PasswordTokenOptions {
  /** The IAM user. */
  username: string;
  password: string;
  /** The account that the user belongs to. */
  domain: string;
  /** The project that the token is for: its name, which is the region's as a rule, or its ID. */
  project: string | { id: string } | { name: string };
  /** The region of IAM. Gives its host. */
  region?: Region | (string & {}) | undefined;
  /** Scheme, host and port of IAM, in place of `region`. */
  iamUrl?: string | undefined;
  /** Allows plain http to a host that is not this machine. The password can then be read on the way. */
  allowInsecure?: boolean | undefined;
}

/** A token is replaced this long before it ends, in milliseconds, so that no call meets its last second. */
const margin = 5 * 60_000;
const timeout = 30_000;

/**
 * Gets tokens from IAM with a password, keeps each until shortly before it ends (after 24 hours), and asks once,
 * however many calls wait for it. A refused token is replaced at once.
 * @throws {TypeError} that names the option which is wrong
 */
export function passwordToken(options: PasswordTokenOptions): TokenProvider {
  const { username, password, domain, project, region, iamUrl, allowInsecure } = options;
  const scope = typeof project === "string" ? { name: project } : project;
  for (const [name, value] of Object.entries({ username, password, domain, project: Object.values(scope ?? {})[0] })) {
    if (typeof value !== "string" || !value)
      throw new TypeError(`passwordToken: option ${name} must be a text that is not empty`);
  }
  const url =
    (iamUrl === undefined ? regionUrl(region, "iam") : checkUrl(iamUrl, allowInsecure, "iamUrl")) +
    credentials.tokenRequest.path;
  const body = JSON.stringify({
    auth: {
      identity: { methods: ["password"], password: { user: { name: username, password, domain: { name: domain } } } },
      scope: { project: scope },
    },
  });
  let known: { token: string; until: number } | undefined;
  let pending: Promise<string> | undefined;

  return ({ refused, fetch }) => {
    if (known && known.token !== refused && Date.now() < known.until) return known.token;
    pending ??= request(fetch).finally(() => {
      pending = undefined;
    });
    return pending;
  };

  async function request(fetch: (url: string, init: RequestInit) => Promise<Response>): Promise<string> {
    try {
      return await within(timeout, undefined, async (signal) => {
        const response = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json;charset=utf8", accept: "application/json" },
          body,
          signal,
          redirect: "manual",
        });
        const token = response.headers.get(credentials.tokenRequest.header);
        const text = await response.text();
        if (response.status !== 201 || !token) throw refusal(response, text);
        let expires = Number.NaN;
        try {
          expires = Date.parse(JSON.parse(text).token.expires_at);
        } catch {}
        // Without an end that can be read, the token serves the calls that wait, and no later one.
        known = { token, until: expires - margin };
        return token;
      });
    } catch (error) {
      if (error instanceof AuthenticationError) throw error;
      const reason = reasonOf(error instanceof Overdue ? new Error(`no answer within ${timeout} ms`) : error, [
        password,
      ]);
      const help =
        reason.code === "UND_ERR_HEADERS_OVERFLOW"
          ? ". The token is longer than Node reads: start Node with --max-http-header-size=65536"
          : "";
      throw new AuthenticationError(
        `nothing was sent, IAM at ${new URL(url).host} gave no token: ${reason.message}${help}`,
        { operation: undefined, cause: reason },
      );
    }
  }

  function refusal(response: Response, text: string): AuthenticationError {
    const { code, message } = readFailure(response.status, response.headers, text);
    const why =
      response.status === 201
        ? `no header ${credentials.tokenRequest.header}`
        : [response.status, code, message && scrub(message, [password])].filter(Boolean).join(" ");
    const cause = response.status >= 500 || response.status === 429 ? new Error(String(response.status)) : undefined;
    return new AuthenticationError(
      `nothing was sent, IAM at ${new URL(url).host} gave no token: ${why}. Check user, password, domain and project`,
      { operation: undefined, cause },
    );
  }
}
