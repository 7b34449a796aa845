/** What the mock takes from the client: how a request is routed, and what must not be shown. */
import type { OperationId } from "../../generated/operations.js";
import { scrub } from "../client/hooks.js";
import { match } from "../client/match.js";

export interface Route {
  operationId: OperationId;
  parameters: Readonly<Record<string, string>>;
}

export function findRoute(method: string, path: string): Route | undefined {
  const found = match(method, path);
  return found && { operationId: found.id, parameters: found.parameters };
}

export const redact = scrub;

export function isSecretHeader(name: string): boolean {
  return ["token", "auth", "secret", "cookie", "key", "password", "signature", "credential"].some((word) =>
    name.toLowerCase().includes(word),
  );
}
