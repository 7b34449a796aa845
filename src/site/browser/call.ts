import { tokenHeader } from "../../../generated/operations.js";

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

type Fields = readonly HTMLInputElement[];

/** The call that a form describes, or why nothing can be sent, in a sentence for the reader. */
export function callOf(
  { method = "", path = "", operation = "", command = "", mediaType = "", whole }: DOMStringMap,
  form: HTMLFormElement,
): Call | string {
  // Neither is read by its name, which a parameter may have too.
  // Where the body is not required, none is sent for an empty one.
  const body = form.querySelector("textarea")?.value || undefined;
  const port = form.querySelector<HTMLInputElement>("[type=number]")?.valueAsNumber;
  // What is empty and not required is left out.
  const fields = [...form.querySelectorAll<HTMLInputElement>("input[data-in]")].filter(
    ({ value, dataset }) => value !== "" || dataset.in === "path",
  );
  const fault = surrogateFault(form) ?? vanishingFault(fields) ?? bodyFault(body);
  if (fault !== undefined) return fault;
  const origin = `http://127.0.0.1:${port}`;
  const call = {
    method,
    origin,
    url: origin + filled(path, fields) + queryOf(fields),
    operationId: operation,
    command,
    headers: { [tokenHeader]: "any-token-for-the-mock", ...headersOf(fields) },
    parameters: Object.fromEntries(fields.map((field) => [field.name, givenValue(field)])),
    flags: Object.fromEntries(fields.map(({ name, value, dataset }) => [dataset.flag ?? name, value])),
  };
  if (body === undefined) return call;
  return { ...call, headers: { ...call.headers, "Content-Type": mediaType }, body, isWhole: whole !== undefined };
}

function surrogateFault(form: HTMLFormElement): string | undefined {
  const halved = [...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")].find(
    ({ value }) => /\p{Surrogate}/u.test(value),
  );
  return halved && `${halved.name} holds half of a character, so nothing was sent.`;
}

/** Segments of a path that a URL drops. */
const vanishing = new Set(["", ".", ".."]);

function vanishingFault(fields: Fields): string | undefined {
  const lost = fields.find(({ value, dataset }) => dataset.in === "path" && vanishing.has(value));
  return lost && `${lost.name} must not be empty, "." or "..": a URL would drop it. Nothing was sent.`;
}

function bodyFault(body: string | undefined): string | undefined {
  if (body === undefined) return undefined;
  try {
    JSON.parse(body);
    return undefined;
  } catch (error) {
    return `The request body is not JSON, so nothing was sent: ${(error as Error).message}`;
  }
}

function inPlace(fields: Fields, place: "path" | "query" | "header"): Fields {
  return fields.filter(({ dataset }) => dataset.in === place);
}

function filled(path: string, fields: Fields): string {
  return inPlace(fields, "path").reduce(
    (target, { name, value }) => target.replace(`{${name}}`, encodeURIComponent(value)),
    path,
  );
}

function queryOf(fields: Fields): string {
  const query = new URLSearchParams();
  for (const field of inPlace(fields, "query"))
    for (const item of [givenValue(field)].flat()) query.append(field.name, String(item));
  return query.size > 0 ? `?${query}` : "";
}

function headersOf(fields: Fields): Record<string, string> {
  return Object.fromEntries(inPlace(fields, "header").map(({ name, value }) => [name, value]));
}

function givenValue({ value, dataset }: HTMLInputElement): unknown {
  return dataset.json === undefined ? value : jsonOrText(value);
}

/** A number, a list or a truth value, as somebody writes it into a field. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
