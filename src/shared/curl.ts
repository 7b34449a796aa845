import { shellQuoted } from "./shell.js";

/** A request as curl sends it. */
export interface CurlRequest {
  method: string;
  /** Quoted for a shell, which may fill in variables. */
  url: string;
  /** Whole lines such as `Content-Type: application/json`, quoted for a shell. */
  headers: readonly string[];
  body?: string | undefined;
}

/** The command line of curl in parts, which may stand on a line each. */
export function curlParts({ method, url, headers, body }: CurlRequest): string[] {
  const parts = [`curl ${method === "HEAD" ? "--head" : `-X ${method}`} ${url}`];
  for (const header of headers) parts.push(`-H ${header}`);
  if (body !== undefined) parts.push(`-d ${shellQuoted(body)}`);
  return parts;
}
