import { servers } from "../../generated/operations.js";
import { suggestion } from "./names.js";
import { isSafePath } from "./route.js";
import { sentences } from "./sentences.js";

/** How messages call the region, and what takes the URL of any other host. */
interface RegionNames {
  region: string;
  url: string;
}
const optionNames: Record<"api" | "iam", RegionNames> = {
  api: { region: "option region", url: "baseUrl" },
  iam: { region: "passwordToken: option region", url: "iamUrl" },
};

/**
 * The URL of the GeminiDB API or of IAM in a region, from the servers of the description.
 * @param region in lower or upper case
 * @throws {TypeError} when the region is missing or not known
 */
export function regionalUrl(region: string | undefined, service: "api" | "iam", names = optionNames[service]): string {
  if (region !== undefined && typeof region !== "string") throw new TypeError("option region must be a string");
  if (!region) throw new TypeError(`${names.region} is missing. ${names.url} takes any host in its place`);
  const wanted = region.toLowerCase();
  const server = servers.find(({ regions }) => regions.includes(wanted));
  if (!server) {
    const hint =
      suggestion(
        region,
        servers.flatMap(({ regions }) => regions),
      ) || ".";
    throw new TypeError(`${names.region} is not known${hint} ${names.url} takes any host in its place`);
  }
  const template = service === "api" ? server.url : server.iamUrl;
  return template.replace("{region}", wanted);
}

/** What messages advise. */
interface UrlAdvice {
  /** Where credentials belong. */
  credentials: string;
  /** How plain http to another machine is allowed. Empty where it cannot be. */
  plainHttp: string;
}
export const clientAdvice: UrlAdvice = {
  credentials: "Give credentials as auth",
  plainHttp: "allowInsecure allows it to any host",
};

/**
 * Checks a base URL: https, or http to this machine, with or without a path.
 * @param name how messages call the URL
 * @returns the URL without a slash at its end
 * @throws {TypeError} that names the URL and says what is wrong with it. It shows no part of the URL, because a
 * password may stand in it.
 */
export function checkUrl(name: string, text: string, allowInsecure = false, advice: UrlAdvice = clientAdvice): string {
  const fault = faultOf(text, allowInsecure, advice);
  if (fault) throw new TypeError(`${name} must be https, host and port, and may have a path: ${fault}`);
  const { origin, pathname } = new URL(text);
  return origin + withoutSlash(pathname);
}

/** What is wrong with a base URL, or nothing. */
function faultOf(text: string, allowInsecure: boolean, advice: UrlAdvice): string | undefined {
  if (typeof text !== "string") return "it is not a string";
  if (text === "") return "it is empty";
  if (text.trim() !== text) return "it has spaces at its beginning or end";
  // A URL would be made without some of them.
  if (/\p{Cc}/u.test(text)) return "it has a control character";
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return 'it has no scheme. Put "https://" before the host';
  if (scheme !== "https" && scheme !== "http") return `its scheme is ${scheme}`;
  if (/[{}]/.test(text)) return "it has a placeholder in braces. Put the value in its place";
  // From the text: where there is no host, the parsed URL would take the next part for it.
  const [, host = "", path = ""] = /:\/\/([^/\\?#]*)(.*)$/.exec(text) ?? [];
  if (host === "") return "it has no host";
  // From the text: the parsed URL drops an empty user name or password.
  if (host.includes("@")) return sentences("it holds a user name or password", advice.credentials);
  const url = parse(text);
  if (!url) return "it is not a URL. Check the host and the port";
  if (text.includes("?")) return "it has a query";
  if (text.includes("#")) return "it has a fragment";
  if (scheme === "http" && !allowInsecure && !isLoopback(url.hostname)) {
    return sentences("plain http is only allowed to this machine", advice.plainHttp);
  }
  // As it was written: in the parsed URL such segments are gone.
  const prefix = withoutSlash(path);
  if (prefix !== "" && !isSafePath(prefix))
    return 'its path has an empty, "." or ".." segment, or a character that URLs do not have';
  return undefined;
}

function parse(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Whether a host is the loopback interface. */
export function isLoopback(hostname: string): boolean {
  // Of a name that ends in .localhost, only browsers do not ask a server for its address.
  if (hostname === "localhost" || hostname === "[::1]") return true;
  // The second is how URLs write the same address in IPv6.
  return /^127\.\d+\.\d+\.\d+$/.test(hostname) || /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]+\]$/.test(hostname);
}

function withoutSlash(path: string): string {
  return path.endsWith("/") ? path.slice(0, -1) : path;
}
