import { iamServers, type Region, tokenRequest } from "../../generated/operations.js";
import { type TokenContext, type TokenProvider, Unavailable } from "./auth.js";
import { readBody } from "./body.js";
import { overdue, within } from "./deadline.js";
import { AuthenticationError } from "./errors.js";
import { readFailure, reasonOf } from "./failure.js";
import { scrub } from "./hooks.js";
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
    (iamUrl === undefined ? regionUrl(region, iamServers, "iamUrl") : checkUrl(iamUrl, allowInsecure, "iamUrl")) +
    tokenRequest.path;
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

  async function request(fetch: TokenContext["fetch"]): Promise<string> {
    const iam = `IAM at ${new URL(url).host}`;
    try {
      return await within(timeout, undefined, async (signal) => {
        const response = await fetch(url, {
          method: "POST",
          headers: { "content-type": "application/json;charset=utf8", accept: "application/json" },
          body,
          signal,
          redirect: "manual",
        });
        const { status, headers } = response;
        const token = headers.get(tokenRequest.header);
        const text = await readBody(response, 2 ** 20);
        if (status === 201 && token) {
          let end = Number.NaN;
          try {
            end = Date.parse(JSON.parse(text).token.expires_at);
          } catch {}
          // Without an end that can be read, a token serves the calls that wait for it, and no later one.
          known = { token, until: end - margin };
          return token;
        }
        const { code = "", message = "" } = readFailure(status, text);
        const why = `${iam} answered ${status} ${code} ${scrub(message, [password])}`.replace(/\s+/g, " ").trim();
        if (status >= 500 || status === 429) throw new Unavailable(why);
        throw new AuthenticationError(`${why}. Check user, password, domain and project. Nothing was sent`);
      });
    } catch (error) {
      if (error instanceof AuthenticationError || error instanceof Unavailable) throw error;
      const { message, code } = reasonOf(error, [password]);
      const reason = error === overdue ? `no answer within ${timeout} ms` : message;
      // A token that Node cannot read will not be shorter the next time.
      if (code === "UND_ERR_HEADERS_OVERFLOW")
        throw new AuthenticationError(`${iam}: the token is too long. ${reason}. Nothing was sent`);
      throw new Unavailable(`${iam}: ${reason}`);
    }
  }
}
