import { checkUrl } from "../base-url.js";
import { withDeadline } from "../deadline.js";
import { jsonOrText } from "../json.js";
import { refuseUnknown } from "../names.js";
import { explainNoAnswer } from "../no-answer.js";
import { BodyReader } from "../read-body.js";
import { readRetryAfter } from "../retry.js";
import { sentences } from "../sentences.js";
import { isInstance } from "../untrusted.js";
import { type AccessKeys, keysFault, sameKeys, signerFor } from "./access-key.js";
import { CredentialsFault, isVisibleAscii, mayAnswerLater } from "./credential.js";
import { proxyAdvice } from "./proxy.js";
import { endOf, Renewable, type Usable } from "./renewable.js";
import type { Signer } from "./types.js";

export interface InstanceCredentialsOptions {
  /**
   * The URL of the metadata service.
   * @default `http://169.254.169.254`, which every cloud server reaches
   */
  endpoint?: string | undefined;
}

// The metadata service of a Huawei Cloud server, as the vendor's SDKs use it.
const metadataService = "http://169.254.169.254";
const tokenPath = "/meta-data/latest/api/token";
const tokenLifeHeader = "x-metadata-token-ttl-seconds";
const metadataTokenHeader = "x-metadata-token";
const sixHours = "21600";
const keysPath = "/openstack/latest/securitykey";

/** Both requests together, in milliseconds. The real metadata service runs on the server itself, so a slower one counts as absent. */
const metadataTimeout = 1_800;
/** The first of them, which older servers do not know. */
const metadataTokenTimeout = 800;
/** Keys are renewed this many milliseconds before they end. Both pairs are valid meanwhile. */
const margin = 10 * 60_000;
const longestResponse = 2 ** 16;
/** There is nothing to advise: it takes no credentials, and plain http only on this machine. */
const noAdvice = { credentials: "", plainHttp: "" };

/**
 * Signs with the temporary keys of the agency of the cloud server that this runs on, so that no secret is stored there. The
 * keys are valid for an hour and renewed ten minutes before, or later where that fails. Elsewhere than on a cloud server with an
 * agency, calls reject with an `AuthenticationError` within two seconds, unless their `timeout` is shorter.
 */
export function instanceCredentials(options: InstanceCredentialsOptions = {}): Signer {
  refuseUnknown("instanceCredentials", options, ["endpoint"]);
  const { endpoint } = options;
  const base =
    endpoint === undefined || endpoint === metadataService
      ? metadataService
      : checkUrl("option endpoint", endpoint, false, noAdvice);
  const renewable = new Renewable<AccessKeys>(margin);
  return signerFor(async ({ refused, signal }) => {
    // Another call may have had the same keys refused, and renewed them already.
    const isRefused = (keys: AccessKeys) =>
      typeof refused === "object" ? sameKeys(keys, refused) : refused === "unknown";
    const request = (ended: AbortSignal) => withDeadline(metadataTimeout, [ended], (late) => requestKeys(base, late));
    try {
      return await renewable.get(signal, isRefused, request);
    } catch (error) {
      if (signal.aborted || isInstance(error, CredentialsFault)) throw error;
      throw notOnAServer(error);
    }
  });
}

function notOnAServer(error: unknown): CredentialsFault {
  const { cause } = explainNoAnswer(error, (text) => text);
  const message = `the metadata service did not give keys (${cause.message}). Instance credentials need a Huawei Cloud server with an agency`;
  return new CredentialsFault(message, false, { cause });
}

async function requestKeys(base: string, signal: AbortSignal): Promise<Usable<AccessKeys>> {
  refuseProxy(base);
  const token = await requestMetadataToken(base, signal);
  const headers = token === undefined ? {} : { [metadataTokenHeader]: token };
  const { status, text, date, retryAfter } = await request(base + keysPath, { headers, signal });
  const { access, secret, securitytoken, expires_at } = Object(Object(jsonOrText(text)).credential);
  if (status !== 200 || typeof access !== "string" || typeof secret !== "string") {
    throw withoutKeys(status, retryAfter);
  }
  const keys: AccessKeys = { ak: access, sk: secret, securityToken: securitytoken ?? undefined };
  const fault = keysFault(keys);
  // What cannot be used must not be kept for an hour.
  if (fault) throw new CredentialsFault(`the metadata service gave keys that cannot be used: ${fault}`, false);
  // Keys without an end serve the calls that wait for them, and no later one.
  return { value: keys, endsAt: endOf(expires_at, date) };
}

function withoutKeys(status: number, retryAfter: number | undefined): CredentialsFault {
  const answer = `the metadata service answered ${status} without keys`;
  if (mayAnswerLater(status)) return new CredentialsFault(answer, true, { retryAfter });
  return new CredentialsFault(`${answer}. Give this server an agency that may make and delete backups`, false);
}

/** @returns undefined from servers that do not know tokens. They give the keys without one. */
async function requestMetadataToken(base: string, signal: AbortSignal): Promise<string | undefined> {
  const headers = { [tokenLifeHeader]: sixHours };
  try {
    const { status, text } = await withDeadline(metadataTokenTimeout, [signal], (ended) =>
      request(base + tokenPath, { method: "PUT", headers, signal: ended }),
    );
    return status === 200 && isVisibleAscii(text) ? text : undefined;
  } catch (error) {
    // Whatever is wrong with the first request: the second says whether there are keys.
    if (signal.aborted) throw error;
    return undefined;
  }
}

/** @throws {CredentialsFault} when the global fetch may lead through a proxy */
function refuseProxy(base: string): void {
  const advice = proxyAdvice(base);
  if (advice === undefined) return;
  const reason = "the request for keys may go through a proxy, which must not see them and could give other ones";
  throw new CredentialsFault(sentences(reason, advice), false);
}

/** Not with the client's fetch: that may lead through a proxy, for which this address is another machine. */
async function request(url: string, init: RequestInit): Promise<MetadataResponse> {
  const response = await globalThis.fetch(url, { ...init, redirect: "manual" });
  const text = await new BodyReader(response, longestResponse).readAll();
  const { status, headers } = response;
  return { status, text, date: headers.get("date"), retryAfter: readRetryAfter(headers) };
}

interface MetadataResponse {
  status: number;
  text: string;
  /** What the clock of the service says. */
  date: string | null;
  retryAfter: number | undefined;
}
