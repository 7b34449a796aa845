import { type Environment, processEnvironment } from "./environment.js";

/**
 * What to do so that the global fetch sends a request for this URL through no proxy. Undefined where it does not. Runtimes find
 * a proxy in different ways. Where that leaves a doubt, a proxy is assumed, because it would see what is sent.
 */
export function proxyAdvice(url: string): string | undefined {
  if (hasOwnDispatcher()) return "Set no global dispatcher of undici that leads through one";
  const { protocol, hostname } = new URL(url);
  try {
    const env = processEnvironment();
    if (!isNamed(protocol, env) || !followsVariables(env) || isException(hostname, env)) return undefined;
  } catch {
    return `Let Deno read the variables that name a proxy: --allow-env=${allVariables.join(",")}`;
  }
  return `Add ${hostname} to NO_PROXY, without a port, and with commas between the entries`;
}

/** undici takes the proxy of http for https too, if there is no other. Deno knows one for all protocols. */
const proxiesOfAll = ["http_proxy", "all_proxy"];
/** In small and in capital letters. */
const allVariables = ["https_proxy", ...proxiesOfAll, "no_proxy"].flatMap((name) => [name, name.toUpperCase()]);

/** Whether a variable names a proxy for a protocol. */
function isNamed(protocol: string, env: Environment): boolean {
  const variables = protocol === "https:" ? ["https_proxy", ...proxiesOfAll] : proxiesOfAll;
  return variables.some((name) => env[name] || env[name.toUpperCase()]);
}

/** Bun and Deno always follow the variables. Node does so when it is told to, or when undici's agent for them is set. */
function followsVariables(env: Environment): boolean {
  const { older, newer } = dispatcherNames();
  if ("Bun" in globalThis || "Deno" in globalThis || [older, newer].includes(environmentAgent)) return true;
  const { NODE_USE_ENV_PROXY, NODE_OPTIONS = "" } = env;
  const { execArgv = [] } = globalThis.process ?? {};
  return NODE_USE_ENV_PROXY === "1" || [...execArgv, ...NODE_OPTIONS.split(" ")].includes("--use-env-proxy");
}

/** undici's agent that follows the variables. */
const environmentAgent = "EnvHttpProxyAgent";

/** undici 8 puts it where older versions look, around the dispatcher that stands where undici 8 itself looks. */
const wrapperForOlder = "Dispatcher1Wrapper";

/** Whether the fetch of Node sends its requests by something else than undici's agents without a proxy of their own. */
function hasOwnDispatcher(): boolean {
  const harmless = [undefined, "Agent", environmentAgent];
  const { older, newer } = dispatcherNames();
  return ![...harmless, wrapperForOlder].includes(older) || !harmless.includes(newer);
}

/** The classes of what the fetch of Node sends its requests by: up to undici 7, and since undici 8. Undefined where nothing was set. */
function dispatcherNames() {
  return { older: classNameAt("undici.globalDispatcher.1"), newer: classNameAt("undici.globalDispatcher.2") };
}

function classNameAt(key: string): string | undefined {
  const dispatcher: unknown = Reflect.get(globalThis, Symbol.for(key));
  return dispatcher?.constructor.name;
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
