/** A call that the form sends. */
export interface Call {
  method: string;
  /** The address of the mock. */
  origin: string;
  url: string;
  operationId: string;
  /** The command of `geminidb-backup` that makes the same call. */
  command: string;
  headers: Record<string, string>;
  /** The parameters that are given, by name. */
  parameters: Record<string, string>;
  /** JSON. */
  body?: string;
}

/** The call that a form describes, or why nothing can be sent, in a sentence for the reader. */
export function callOf(
  { method = "", path = "", operation = "", command = "" }: DOMStringMap,
  form: HTMLFormElement,
): Call | string {
  const data = new FormData(form);
  const origin = `http://127.0.0.1:${Number(data.get("port"))}`;
  const headers: Record<string, string> = { "X-Auth-Token": "any-token-for-the-mock" };
  const parameters: Record<string, string> = {};
  const query = new URLSearchParams();
  let filled = path;
  for (const { name, value, dataset } of form.querySelectorAll<HTMLInputElement>("input[data-in]")) {
    // What is empty and not required is left out.
    if (value === "" && dataset.in !== "path") continue;
    parameters[name] = value;
    if (dataset.in === "path") filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    if (dataset.in === "query") query.append(name, value);
    if (dataset.in === "header") headers[name] = value;
  }
  const search = query.size > 0 ? `?${query}` : "";
  const call = { method, origin, url: origin + filled + search, operationId: operation, command, headers, parameters };
  const body = data.get("body");
  if (typeof body !== "string") return call;
  const fault = jsonFault(body);
  if (fault !== undefined) return `The request body is not JSON, so nothing was sent: ${fault}`;
  return { ...call, headers: { ...headers, "Content-Type": "application/json" }, body };
}

function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
