import { curlParts } from "../../shared/curl.js";
import { shellQuoted } from "../../shared/shell.js";
import { curl, type LanguageId, languages } from "../languages.js";
import type { Call } from "./call.js";

/** Code, and the language that it is in. */
interface Code {
  label: string;
  text: string;
}

/** The same call in each language of the samples. */
const writers: Readonly<Record<LanguageId, (call: Call) => string>> = {
  typescript,
  bash: commandLine,
  shell: shellCommand,
  javascript,
  python,
};

/** A call in a language. The client and the command take flat bodies only as objects, so anything else is shown with curl. */
export function codeOf(call: Call, language: string): Code {
  const takesObjects = (language === "typescript" || language === "bash") && !call.isWhole;
  const canSay = !takesObjects || call.body === undefined || isObject(JSON.parse(call.body));
  const { id, label } = (canSay && languages.find((one) => one.id === language)) || curl;
  return { label, text: writers[id](call) };
}

function typescript({ origin, operationId, parameters, body, isWhole }: Call): string {
  const { project_id, ...others } = parameters;
  const value: unknown = body === undefined ? {} : JSON.parse(body);
  const input = { ...others, ...(isWhole ? { body: value } : Object(value)) };
  const project = project_id === undefined ? "" : `\n  project_id: ${JSON.stringify(project_id)},`;
  return `import { createClient } from "geminidb-backup";

const geminidb = createClient({
  baseUrl: ${JSON.stringify(origin)},${project}
  auth: "any-token-for-the-mock",
});
console.log(await geminidb.${operationId}(${JSON.stringify(input, null, 2)}));`;
}

function commandLine({ origin, command, flags, body }: Call): string {
  // The value of a switch, and one that looks like a flag, stand behind an equals sign.
  const given = Object.entries(flags).map(([flag, value]) => {
    const needsEquals = value === "true" || value === "false" || value.startsWith("-");
    return `--${flag}${needsEquals ? "=" : " "}${shellQuoted(value)}`;
  });
  const lines = [`OS_TOKEN=any npx geminidb-backup ${command} --base-url ${shellQuoted(origin)}`, ...given];
  if (body !== undefined) lines.push(`--body ${shellQuoted(body)}`);
  return lines.join(" \\\n  ");
}

function shellCommand({ method, url, headers, body }: Call): string {
  const lines = Object.entries(headers).map(([name, value]) => shellQuoted(`${name}: ${value}`));
  return curlParts({ method, url: shellQuoted(url), headers: lines, body }).join(" \\\n  ");
}

function javascript({ method, url, headers, body }: Call): string {
  const options = { method, headers, ...(body === undefined ? {} : { body }), redirect: "error" };
  return `const response = await fetch(${JSON.stringify(url)}, ${JSON.stringify(options, null, 2)});
console.log(response.status, await response.text());`;
}

function python({ method, url, headers, body }: Call): string {
  return `import urllib.request

request = urllib.request.Request(
    ${JSON.stringify(url)},
    method="${method}",
    headers=${JSON.stringify(headers)},
    data=${body === undefined ? "None" : `${JSON.stringify(body)}.encode()`},
)
with urllib.request.urlopen(request, timeout=30) as response:
    print(response.status, response.read().decode())`;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
