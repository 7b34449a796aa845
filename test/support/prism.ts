import { createRequire } from "node:module";
import type { Node } from "./facts.js";

/** A request as Prism's engine takes it. */
export interface PrismRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** Stock Prism on a description, without its server. @returns what it complains about, nothing where it answers */
export async function stockPrism(bundle: Node): Promise<(request: PrismRequest) => Promise<string[]>> {
  const require = createRequire(import.meta.url);
  const { getHttpOperationsFromSpec } = require("@stoplight/prism-http");
  const { createClientFromOperations } = require("@stoplight/prism-http/dist/client");
  const config = { mock: { dynamic: false }, validateRequest: true, validateResponse: true, checkSecurity: true };
  const operations = await getHttpOperationsFromSpec(structuredClone(bundle));
  const prism = createClientFromOperations(operations, { ...config, errors: false, logger: silent });
  return async ({ path, ...request }) => {
    try {
      const { status, violations } = await prism.request(path, request);
      const messages = violations.input.map(({ message }: { message: string }) => message);
      return status < 300 ? messages : [...messages, `status ${status}`];
    } catch (error) {
      // Prism throws where no operation fits the path.
      return [(error as Error).message];
    }
  };
}

const silent: Record<string, unknown> = {};
for (const level of ["trace", "debug", "info", "success", "warn", "error", "fatal"]) silent[level] = () => {};
silent.child = () => silent;
