import type { CatalogueOperation, Schema } from "../../generated/catalogue.js";
import type { EnvironmentContents } from "../client/auth/environment.js";
import { jsonOrText } from "../client/json.js";
import { redacted } from "../client/redacted.js";
import { redactHeaders } from "../client/secret-names.js";
import { isObject } from "../client/untrusted.js";
import { printable } from "../shared/printable.js";
import { clientFor, type Target } from "./connection.js";
import { authForDryRun } from "./credentials.js";
import { type Format, jsonLine } from "./output.js";
import type { Values } from "./parse.js";

/**
 * The request of an operation as it would be sent, with credentials replaced by `[redacted]`. It goes through the client to its
 * last step, and not to the network. No credentials are needed.
 * @throws {GeminiDBError} when the input does not fit
 */
export async function dryRun(
  { operationId, requestBody }: CatalogueOperation,
  input: Record<string, unknown>,
  target: Target,
  environment: EnvironmentContents,
  values: Values,
  format: Format,
): Promise<string> {
  const controller = new AbortController();
  const { signal } = controller;
  let shown: string | undefined;
  const fetch = async (request: Request): Promise<Response> => {
    shown = await describe(request, requestBody?.schema, format);
    controller.abort(new DryRunEnd());
    // The call has ended: nobody waits for this.
    return Response.error();
  };
  const auth = await authForDryRun(values, environment);
  // `--timeout` is checked, but the default is used, because a slow machine must show the request as well.
  const client = clientFor(target, auth, values, { fetch, timeout: undefined });
  try {
    // The client checks the input at run time.
    await client[operationId](input as never, { signal });
  } catch (error) {
    if (!(error instanceof DryRunEnd)) throw error;
  }
  if (shown === undefined) throw new Error(`${operationId} came to no request`);
  return shown;
}

class DryRunEnd extends Error {}

async function describe(request: Request, schema: Schema | undefined, format: Format): Promise<string> {
  const { method, url } = request;
  const headers = redactHeaders(request.headers);
  const text = await request.text();
  const body = text === "" ? null : withoutPasswords(jsonOrText(text), schema ? [schema] : []);
  if (format === "json") return jsonLine({ method, url, headers, body });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (body !== null) lines.push("", jsonLine(body));
  return [`${method} ${url}`, ...lines].map(printable).join("\n");
}

/** A request body with what one of its schemas declares as a password replaced. */
function withoutPasswords(value: unknown, schemas: readonly Schema[]): unknown {
  const all = schemas.flatMap(withParts);
  if (all.some(({ format }) => format === "password")) return redacted;
  if (Array.isArray(value)) {
    const ofItems = all.flatMap(({ items }) => (items === undefined ? [] : [items]));
    return value.map((item) => withoutPasswords(item, ofItems));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      withoutPasswords(
        item,
        all.flatMap((one) => schemasOf(one, name)),
      ),
    ]),
  );
}

/** A schema, and those that it consists of. */
function withParts(schema: Schema): Schema[] {
  const parts: unknown[] = [schema.allOf, schema.anyOf, schema.oneOf].flat();
  return [schema, ...parts.filter(isObject).flatMap((part) => withParts(part as Schema))];
}

/** What a schema says of the property of a name. */
function schemasOf({ properties, additionalProperties: others }: Schema, name: string): Schema[] {
  const own = properties && Object.hasOwn(properties, name) ? properties[name] : undefined;
  const found: unknown = own ?? others;
  return isObject(found) ? [found as Schema] : [];
}
