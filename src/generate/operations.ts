import { Problem } from "../redocly.js";
import { errorsOf, operationsOf, resolve, type Schema, type Server, type Spec } from "./description.js";

/** The operation table and the tables beside it, as JavaScript and as its types. */
export function operations(spec: Spec): { code: string; types: string } {
  const table = Object.fromEntries(
    operationsOf(spec).map(({ path, method, operation, parameters, requestBody }) => {
      const body = requestBody && resolve<Schema>(spec, requestBody.content.schema);
      const flat = body && isFlat(body);
      const clash = parameters.find(({ name }) => flat && body.properties?.[name]);
      if (clash) {
        throw new Problem(
          `${operation.operationId}: "${clash.name}" is a parameter and a property of the body. The client takes both in one object, so rename one.`,
        );
      }
      return [
        operation.operationId,
        {
          method: method.toUpperCase(),
          path,
          parameters: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.in])),
          ...(requestBody && { form: flat ? "properties" : "body", mediaType: requestBody.mediaType }),
        },
      ];
    }),
  );
  const regional = spec.servers.filter(({ variables }) => variables?.region?.enum);
  const hosts = (of: (server: Server) => string | undefined) =>
    regional.map((server) => ({ url: of(server), regions: (server.variables?.region?.enum ?? []).join(" ") }));
  const token = Object.values(spec.components.securitySchemes).find((scheme) => scheme["x-token-request"]);
  const errors = errorsOf(spec);
  const codes = [...new Set(errors.map(({ value }) => value.error_code).filter((code) => code !== undefined))];
  const constants = {
    operations: table,
    servers: hosts(({ url }) => url),
    iamServers: hosts((server) => server["x-iam"]),
    tokenHeader: token?.name,
    tokenRequest: token?.["x-token-request"],
    errors: groups(errors, codes),
  };
  return {
    code: Object.entries(constants)
      .map(([name, value]) => `export const ${name} = ${literal(value)};\n`)
      .join("\n"),
    types: `export type OperationId = ${union(Object.keys(table))};
/** A region of the spec's server variables. */
export type Region = ${union(regional.flatMap(({ variables }) => variables?.region?.enum ?? []))};
/** An error code of the spec's examples. */
export type ErrorCode = ${union(codes.sort())};
export interface Operation {
  readonly method: string;
  readonly path: string;
  /** Where each parameter goes. It inherits nothing. */
  readonly parameters: Readonly<Record<string, "path" | "query" | "header" | "cookie">>;
  /** Whether the input's further keys are the properties of the body, or \`body\` is the body. */
  readonly form?: "properties" | "body";
  readonly mediaType?: string;
}
export declare const operations: Readonly<Record<OperationId, Operation>>;
/** Hosts by region. Regions are separated by a space. */
type Hosts = readonly { readonly url: string; readonly regions: string }[];
export declare const servers: Hosts;
export declare const iamServers: Hosts;
export declare const tokenHeader: string;
/** How IAM gives a token. */
export declare const tokenRequest: { readonly path: string; readonly header: string };
/**
 * What to do about error codes, and when to repeat: always, since nothing was started; if the call is idempotent; with a
 * new token. Codes are separated by a space; one with a status behind "@" holds for that status only.
 */
export declare const errors: readonly (readonly [codes: string, advice: string, again?: "always" | "idempotent" | "token"])[];
`,
  };
}

/** What each reason why repeating may help means for a caller: whether something may have been started. */
const again: Record<string, string> = { busy: "always", throttled: "always", server: "idempotent", token: "token" };

/** Codes that share their advice and when to repeat. One code with two meanings has its status behind it. */
function groups(errors: ReturnType<typeof errorsOf>, codes: string[]): string[][] {
  const result = new Map<string, string[]>();
  for (const code of codes) {
    const entries = errors.filter(({ value }) => value.error_code === code);
    for (const { advice, newToken, transient, status } of entries) {
      const reason = transient?.reason ?? (newToken ? "token" : "");
      const key = JSON.stringify([advice.replaceAll("`", ""), again[reason] ?? []].flat());
      result.set(key, [...(result.get(key) ?? []), entries.length > 1 ? `${code}@${status}` : code]);
    }
  }
  return [...result].map(([key, names]) => [names.join(" "), ...(JSON.parse(key) as string[])]);
}

/** Whether the properties of a body can stand beside the parameters, in one object. */
export function isFlat(body: Schema): boolean {
  const plain = /^(type|required|properties|additionalProperties|title|description|examples?|x-.*)$/;
  return body.type === "object" && Object.keys(body).every((keyword) => plain.test(keyword));
}

/** A table as JavaScript. Names are looked up in those of parameters: nothing must be found that is not there. */
function literal(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/"parameters": \{/g, '"parameters": { "__proto__": null,');
}

function union(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ") || "never";
}
