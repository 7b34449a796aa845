import { type CatalogueOperation, catalogue } from "../../generated/catalogue.js";
import { tokenHeader } from "../../generated/operations.js";
import { isLoopback } from "../client/base-url.js";
import type { Mock, ServerOptions } from "../mock/index.js";
import { curlParts } from "../shared/curl.js";
import { shellQuoted } from "../shared/shell.js";

/**
 * What the command prints when the mock is ready: where it listens, and a curl line for each operation.
 * @param ready how many milliseconds it took to start
 * @param cert the file of the certificate of a mock that speaks https
 */
export function introduction(
  mock: Mock,
  { host, chaos }: ServerOptions & { readonly host: string },
  ready: number,
  cert: string | undefined,
): string[] {
  const lines = [`${catalogue.title}: mock at ${mock.url}, ready in ${ready} ms. Ctrl-C ends it.`];
  // As a URL writes it: 127.1 is 127.0.0.1, and an IPv6 address has no zone, such as %lo.
  const { hostname } = new URL(`http://${host.includes(":") ? `[${host.replace(/%.*/, "")}]` : host}`);
  if (!isLoopback(hostname)) {
    lines.push(`It listens on ${host}: everybody who reaches this machine can use it. It holds no data but its own.`);
  }
  if (chaos !== undefined)
    lines.push(`A share of ${chaos.share} of the requests meets a fault. --seed ${mock.seed} repeats them.`);
  for (const operation of catalogue.operations) {
    lines.push("", `# ${operation.operationId}`, curlLine(mock.url, operation, cert));
  }
  return lines;
}

function curlLine(
  base: string,
  { method, exampleTarget, parameters, requestBody }: CatalogueOperation,
  cert: string | undefined,
): string {
  const headers = [`${tokenHeader}: any`];
  for (const { name, in: place, required, example } of parameters) {
    if (place === "header" && required) headers.push(`${name}: ${example}`);
  }
  if (requestBody) headers.push(`Content-Type: ${requestBody.mediaType}`);
  const parts = curlParts({
    method,
    url: shellQuoted(base + exampleTarget),
    headers: headers.map(shellQuoted),
    body: requestBody && JSON.stringify(requestBody.examples[0]?.value),
  });
  // No authority of the system has signed the certificate of a test.
  if (cert !== undefined) parts.push(`--cacert ${shellQuoted(cert)}`);
  return parts.join(" ");
}
