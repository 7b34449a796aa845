import { type Answer, type Incoming, wholeAnswer } from "./outcome.js";

/** The mock is open to pages of every origin. */
export const corsHeaders: Readonly<Record<string, string>> = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "*",
};

/** The answer to a preflight request of a browser; undefined for any other request. */
export function preflightAnswer({ method, headers }: Incoming): Answer | undefined {
  if (method !== "OPTIONS" || !headers["access-control-request-method"]) return undefined;
  return wholeAnswer(204, {
    ...corsHeaders,
    "access-control-allow-methods": "*",
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    "access-control-max-age": "600",
  });
}
