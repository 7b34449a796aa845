/** A call as the form sends it. */
export interface Call {
  method: string;
  url: string;
  origin: string;
  operationId: string;
  headers: Record<string, string>;
  /** The path parameters. */
  parameters: Record<string, string>;
  /** JSON. */
  body?: string;
}

/** The same call in each language of the samples. */
const writers: Record<string, (call: Call) => string> = { typescript, shell, javascript, python };

export function codeOf(call: Call, language: string): string {
  return (writers[language] ?? shell)(call);
}

function typescript({ origin, operationId, parameters, body }: Call): string {
  const { project_id, ...others } = parameters;
  const input = { ...others, ...(body === undefined ? {} : (JSON.parse(body) as object)) };
  return `import { createClient } from "geminidb-backup";

const geminidb = createClient({
  baseUrl: ${JSON.stringify(origin)},
  project_id: ${JSON.stringify(project_id)},
  auth: "any-token-for-the-mock",
});
console.log(await geminidb.${operationId}(${JSON.stringify(input, null, 2)}));`;
}

function shell({ method, url, headers, body }: Call): string {
  const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const lines = [`curl -X ${method} ${quote(url)}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`  -H ${quote(`${name}: ${value}`)}`);
  if (body !== undefined) lines.push(`  -d ${quote(body)}`);
  return lines.join(" \\\n");
}

function javascript({ method, url, headers, body }: Call): string {
  const options = { method, headers, ...(body === undefined ? {} : { body }), redirect: "error" };
  return `const response = await fetch(${JSON.stringify(url)}, ${JSON.stringify(options, null, 2)});
console.log(response.status, await response.json());`;
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
