import { type Region, tokenRequest } from "../../../generated/operations.js";
import { checkUrl, clientAdvice, regionalUrl } from "../base-url.js";
import { readFailure } from "../failure.js";
import { jsonOrText } from "../json.js";
import { headerOverflowAdvice, headerOverflowCode } from "../large-headers.js";
import { refuseUnknown } from "../names.js";
import { explainNoAnswer } from "../no-answer.js";
import { oneLine } from "../one-line.js";
import { BodyReader, BodyTooLong } from "../read-body.js";
import { redact } from "../redact.js";
import { followedRedirect, hostOf, responseFault } from "../response-checks.js";
import { readRetryAfter } from "../retry.js";
import { sentences } from "../sentences.js";
import { isInstance } from "../untrusted.js";
import { CredentialsFault, isVisibleAscii, mayAnswerLater } from "./credential.js";
import { endOf, Renewable, type Usable } from "./renewable.js";
import type { TokenContext, TokenProvider } from "./types.js";

export interface PasswordTokenOptions {
  /** The name of the IAM user. */
  username: string;
  /** The password of the IAM user. */
  password: string;
  /** The name of the account that the user belongs to. */
  domain: string;
  /** The project that the token is for: its name, which usually is that of the region, or its ID. */
  project: string | { id: string } | { name: string };
  /** The region of IAM. It gives the host. */
  region?: Region | (string & {}) | undefined;
  /** The URL of IAM, in place of `region`. */
  iamUrl?: string | undefined;
  /**
   * Allows plain http to a host that is not this machine. The password can then be read on the way.
   * @default false
   */
  allowInsecure?: boolean | undefined;
}

/** A token is renewed this many milliseconds before it ends, so that calls have a new one before that. */
const margin = 5 * 60_000;
/** The response of IAM lists the user's roles, so it may be long, but not endless. */
const longestResponse = 2 ** 20;

/**
 * Gets tokens from IAM with a password and keeps each until it ends, after 24 hours. However many calls wait, IAM is asked once;
 * when one of them gives up waiting, the next call asks anew. A refused token is replaced. In its last five minutes a token is
 * replaced by a request of at most five seconds, for which no call waits. Where IAM gives no new one, the old one is used until it
 * ends.
 * @throws {TypeError} that names the option which is wrong
 */
export function passwordToken(options: PasswordTokenOptions): TokenProvider {
  const { url, body } = requestOf(options);
  // A server may repeat it without the spaces around it.
  const secrets = [options.password, options.password.trim()];
  const tokens = new Renewable<string>(margin);
  return ({ refused, signal, fetch }) =>
    tokens.get(
      signal,
      (token) => token === refused,
      (ended) => requestToken(url, body, secrets, fetch, ended),
    );
}

const iamAdvice = { ...clientAdvice, credentials: "Give them as username and password" };
const optionNames = ["username", "password", "domain", "project", "region", "iamUrl", "allowInsecure"];

function requestOf(options: PasswordTokenOptions): { url: string; body: string } {
  refuseUnknown("passwordToken", options, optionNames);
  const { username, password, domain, project, region, iamUrl, allowInsecure } = options;
  const scope = typeof project === "object" && project !== null ? project : { name: project };
  refuseUnknown("passwordToken: option project", scope, ["id", "name"]);
  if (allowInsecure !== undefined && typeof allowInsecure !== "boolean") {
    throw new TypeError("passwordToken: option allowInsecure must be a boolean");
  }
  const [nameOrId, ...more] = Object.values(scope).filter((value) => value !== undefined);
  if (more.length > 0) throw new TypeError("passwordToken: option project must have an id or a name, not both");
  const texts = { username, password, domain, project: nameOrId };
  for (const [name, value] of Object.entries(texts)) {
    if (typeof value !== "string" || value === "") {
      throw new TypeError(`passwordToken: option ${name} must be a text that is not empty`);
    }
    // Most often the line break at the end of a file. It would be sent, and spelled in ways that redaction does not know.
    if (/\p{Cc}/u.test(value)) {
      throw new TypeError(`passwordToken: option ${name} must not have line breaks or other control characters`);
    }
  }
  const base =
    iamUrl === undefined ? regionalUrl(region, "iam") : checkUrl("option iamUrl", iamUrl, allowInsecure, iamAdvice);
  const user = { name: username, password, domain: { name: domain } };
  const identity = { methods: ["password"], password: { user } };
  return { url: base + tokenRequest.path, body: JSON.stringify({ auth: { identity, scope: { project: scope } } }) };
}

/** @throws {CredentialsFault} that says what IAM or the runtime says, without the password */
async function requestToken(
  url: string,
  body: string,
  secrets: readonly string[],
  fetch: TokenContext["fetch"],
  signal: AbortSignal,
): Promise<Usable<string>> {
  const iam = `IAM at ${new URL(url).host}`;
  const headers = { "content-type": "application/json;charset=utf8", accept: "application/json" };
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    refuseUnusable(iam, response);
    text = await new BodyReader(response, longestResponse).readAll(signal);
  } catch (error) {
    if (isInstance(error, CredentialsFault)) throw error;
    const { cause, permanent, advice } = explainNoAnswer(error, (text) => redact(text, secrets));
    const isHeaderTooLong = cause.code === headerOverflowCode;
    const reason = isHeaderTooLong
      ? `the token is too long for a header. ${headerOverflowAdvice}`
      : sentences(cause.message, advice);
    // What is too long will not be shorter the next time.
    const mayPass = !permanent && !isHeaderTooLong && !isInstance(error, BodyTooLong);
    throw new CredentialsFault(`${iam}: ${reason}`, mayPass, { cause });
  }
  const value = response.headers.get(tokenRequest.header);
  if (response.status !== 201 || !value) throw refusalOf(iam, response, text, secrets);
  // A proxy may have doubled the header. What cannot be sent must not be kept for a day.
  if (!isVisibleAscii(value)) throw new CredentialsFault(`${iam} gave a token that no header can hold`, false);
  const { expires_at, issued_at } = tokenTimes(text);
  // Without an end, it serves the calls that wait for it, and no later one.
  return { value, endsAt: endOf(expires_at, issued_at ?? response.headers.get("date")) };
}

/** @throws {CredentialsFault} when the fetch of the caller does not do what a fetch has to */
function refuseUnusable(iam: string, response: Response): void {
  const fault = responseFault(response);
  if (fault) throw new CredentialsFault(`${iam}: ${fault}`, false);
  if (!response.redirected) return;
  const redirect = followedRedirect(hostOf(response.url, response.url), "password");
  throw new CredentialsFault(`${iam}: ${redirect}. Replace the password, and check region and iamUrl`, false);
}

function refusalOf(
  iam: string,
  { status, headers }: Response,
  text: string,
  secrets: readonly string[],
): CredentialsFault {
  if (status === 201) return new CredentialsFault(`${iam} answered 201 without a token`, false);
  const { code = "", message = "" } = readFailure(status, jsonOrText(redact(text, secrets)));
  const answer = oneLine(`${iam} answered ${status} ${code} ${message}`);
  const retryAfter = readRetryAfter(headers);
  if (mayAnswerLater(status)) return new CredentialsFault(answer, true, { retryAfter });
  // IAM itself neither redirects nor answers that its address does not exist.
  const isOtherServer = status < 400 || status === 404;
  const advice = isOtherServer ? "Check region and iamUrl" : "Check user, password, domain and project";
  return new CredentialsFault(sentences(answer, advice), false);
}

function tokenTimes(text: string): { expires_at?: string; issued_at?: string } {
  return Object(Object(jsonOrText(text)).token);
}
