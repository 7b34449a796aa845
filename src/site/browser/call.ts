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
  /** The parameters that are given, by name, as the client takes them. */
  parameters: Record<string, unknown>;
  /** The same for the command line, by flag. */
  flags: Record<string, string>;
  /** JSON. */
  body?: string;
  /** Whether the client takes the body as a whole, under a key of its own. */
  isWhole?: boolean;
}

/** The call that a form describes, or why nothing can be sent, in a sentence for the reader. */
export function callOf(
  { method = "", path = "", operation = "", command = "", mediaType = "", whole }: DOMStringMap,
  form: HTMLFormElement,
): Call | string {
  const data = new FormData(form);
  const origin = `http://127.0.0.1:${Number(data.get("port"))}`;
  const headers: Record<string, string> = { "X-Auth-Token": "any-token-for-the-mock" };
  const parameters: Record<string, unknown> = {};
  const flags: Record<string, string> = {};
  const query = new URLSearchParams();
  let filled = path;
  const halved = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")].find(
    ({ value }) => /\p{Surrogate}/u.test(value),
  );
  if (halved) return `${halved.name} holds half of a character, so nothing was sent.`;
  for (const { name, value, dataset } of form.querySelectorAll<HTMLInputElement>("input[data-in]")) {
    // What is empty and not required is left out.
    if (value === "" && dataset.in !== "path") continue;
    if (dataset.in === "path" && /^\.{0,2}$/.test(value))
      return `${name} must not be empty, "." or "..": a URL would drop it. Nothing was sent.`;
    parameters[name] = dataset.json === undefined ? value : jsonOrText(value);
    flags[dataset.flag ?? name] = value;
    if (dataset.in === "path") filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    if (dataset.in === "query") for (const item of [parameters[name]].flat()) query.append(name, String(item));
    if (dataset.in === "header") headers[name] = value;
  }
  const search = query.size > 0 ? `?${query}` : "";
  const call = {
    method,
    origin,
    url: origin + filled + search,
    operationId: operation,
    command,
    headers,
    parameters,
    flags,
  };
  const body = data.get("body");
  if (typeof body !== "string") return call;
  const fault = jsonFault(body);
  if (fault !== undefined) return `The request body is not JSON, so nothing was sent: ${fault}`;
  return { ...call, headers: { ...headers, "Content-Type": mediaType }, body, isWhole: whole !== undefined };
}

/** A number, a list or a truth value, as somebody writes it into a field. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function jsonFault(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
