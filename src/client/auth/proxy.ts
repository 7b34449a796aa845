import { type Environment, processEnvironment } from "./environment.js";

/** Whether the global fetch would send a request for this URL through a proxy that the environment names. */
export function goesThroughProxy(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  const env = processEnvironment();
  try {
    const variable = protocol.replace(":", "_proxy");
    const proxy = env[variable] || env[variable.toUpperCase()];
    return Boolean(proxy) && followsVariables(env) && !isException(hostname, env.no_proxy || env.NO_PROXY || "");
  } catch {
    // Deno does not let everybody read the environment.
    return false;
  }
}

/** Node follows the variables only when it is told to. Bun and Deno always do. */
function followsVariables({ NODE_USE_ENV_PROXY, NODE_OPTIONS = "" }: Environment): boolean {
  if ("Bun" in globalThis || "Deno" in globalThis || NODE_USE_ENV_PROXY === "1") return true;
  const { execArgv = [] } = globalThis.process ?? {};
  return [...execArgv, ...NODE_OPTIONS.split(" ")].includes("--use-env-proxy");
}

/** @param exceptions host names, separated by commas or spaces; an asterisk stands for all hosts */
function isException(hostname: string, exceptions: string): boolean {
  const entries = exceptions.split(/[\s,]+/).map((entry) => entry.replace(/:\d+$/, ""));
  return entries.includes("*") || entries.includes(hostname);
}
