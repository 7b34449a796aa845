import { type Environment, processEnvironment } from "./environment.js";

/**
 * Whether the global fetch may send a request for this URL through a proxy that the environment names. Runtimes read the
 * variables in different ways. Where they differ, the answer is yes, because a proxy would see what is sent.
 */
export function mayGoThroughProxy(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const env = processEnvironment();
  try {
    const variables = protocol === "https:" ? ["https_proxy", ...proxiesOfAll] : proxiesOfAll;
    const isNamed = variables.some((name) => env[name] || env[name.toUpperCase()]);
    return isNamed && followsVariables(env) && !isException(hostname, env);
  } catch {
    // Deno does not let everybody read the environment.
    return false;
  }
}

/** undici takes the proxy of http for https too, if there is no other. Deno knows one for all protocols. */
const proxiesOfAll = ["http_proxy", "all_proxy"];

/** Node follows the variables only when it is told to. Bun and Deno always do. */
function followsVariables({ NODE_USE_ENV_PROXY, NODE_OPTIONS = "" }: Environment): boolean {
  if ("Bun" in globalThis || "Deno" in globalThis || NODE_USE_ENV_PROXY === "1") return true;
  const { execArgv = [] } = globalThis.process ?? {};
  return [...execArgv, ...NODE_OPTIONS.split(" ")].includes("--use-env-proxy");
}

/** Whether every runtime takes a host for one that is reached without a proxy. One of the two variables wins, not in all the same. */
function isException(hostname: string, { no_proxy, NO_PROXY }: Environment): boolean {
  const lists = [no_proxy, NO_PROXY].filter((list) => list !== undefined);
  return lists.length > 0 && lists.every((list) => list === "*" || entriesOf(list).includes(hostname));
}

/** Not all runtimes know spaces between the entries, or a port behind one. */
function entriesOf(list: string): string[] {
  return list.split(",").map((entry) => entry.trim());
}
