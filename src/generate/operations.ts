import { errorsOf, operationsOf, resolve, type Schema, type Spec } from "../spec.js";
import { Problem } from "./redocly.js";

/** The operation table and the tables beside it, as JavaScript and as its types. */
export function operations(spec: Spec): { code: string; types: string } {
  const table = Object.fromEntries(
    operationsOf(spec).map(({ path, method, operation, parameters, requestBody }) => {
      const body = requestBody && resolve<Schema>(spec, requestBody.content.schema);
      const flat = body?.type === "object";
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
          ...(requestBody && { body: flat ? "properties" : "body", mediaType: requestBody.mediaType }),
          hints: hints(spec, body),
        },
      ];
    }),
  );
  const servers = spec.servers
    .filter(({ variables }) => variables?.region?.enum)
    .map(({ url, variables, "x-iam": iam }) => ({ url, regions: variables?.region?.enum ?? [], iam }));
  const schemes = Object.values(spec.components.securitySchemes);
  const token = schemes.find((scheme) => scheme["x-token-request"]);
  const credentials = {
    tokenHeader: token?.name,
    tokenRequest: token?.["x-token-request"],
    secretHeaders: schemes.map(({ name }) => name.toLowerCase()),
  };
  const errors = errorsOf(spec);
  const codes = [...new Set(errors.map(({ value }) => value.error_code).filter((code) => code !== undefined))];
  const constants = { operations: table, servers, credentials, errors: groups(errors, codes) };
  return {
    code: Object.entries(constants)
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value, null, 2)};\n`)
      .join("\n"),
    types: `export type OperationId = ${union(Object.keys(table))};
/** A region of the spec's server variables. */
export type Region = ${union(servers.flatMap(({ regions }) => regions))};
/** An error code of the spec's examples. */
export type ErrorCode = ${union(codes.sort())};
export interface Operation {
  readonly method: string;
  readonly path: string;
  /** Where each parameter goes. */
  readonly parameters: Readonly<Record<string, "path" | "query" | "header" | "cookie">>;
  /** Whether the input's further keys are the properties of the body, or \`body\` is the body. */
  readonly body?: "properties" | "body";
  readonly mediaType?: string;
  /** What is allowed, in words, for each property with a pattern. */
  readonly hints: Readonly<Record<string, string>>;
}
export declare const operations: Readonly<Record<OperationId, Operation>>;
/** The path template and the method of each operation, for the types. */
export interface OperationPaths {
${Object.entries(table)
  .map(([id, { path, method }]) => `  ${id}: { path: ${JSON.stringify(path)}; method: "${method.toLowerCase()}" };`)
  .join("\n")}
}
export declare const servers: readonly { readonly url: string; readonly regions: readonly Region[]; readonly iam?: string }[];
export declare const credentials: {
  readonly tokenHeader: string;
  readonly tokenRequest: { readonly path: string; readonly header: string };
  readonly secretHeaders: readonly string[];
};
/** Error codes that share their advice. A code with a status after "@" holds for that status only. */
export declare const errors: readonly {
  readonly advice: string;
  /** Why repeating may help. */
  readonly transient?: "busy" | "throttled" | "server" | "token";
  /** Whether a new token mends it. */
  readonly newToken?: true;
  /** Separated by spaces. */
  readonly codes: string;
}[];
`,
  };
}

/** The first paragraph of the description of each property that has a pattern: the pattern in words. */
function hints(spec: Spec, body: Schema | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(body?.properties ?? {})
      .map(([name, schema]) => [name, resolve<Schema>(spec, schema)] as const)
      .filter(([, schema]) => schema.pattern)
      .map(([name, { description = "" }]) => [name, description.split("\n\n")[0]?.replace(/\s+/g, " ").trim() ?? ""]),
  );
}

function groups(errors: ReturnType<typeof errorsOf>, codes: string[]) {
  const result = new Map<string, { advice: string; transient?: string; newToken?: true; codes: string }>();
  for (const code of codes) {
    const entries = errors.filter(({ value }) => value.error_code === code);
    for (const { advice, transient, newToken, status } of entries) {
      const key = JSON.stringify([advice, transient, newToken]);
      const name = entries.length > 1 ? `${code}@${status}` : code;
      const group = result.get(key);
      if (group) group.codes += ` ${name}`;
      else {
        result.set(key, {
          advice: advice.replaceAll("`", ""),
          ...(transient && { transient }),
          ...(newToken && { newToken: true }),
          codes: name,
        });
      }
    }
  }
  return [...result.values()];
}

function union(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ") || "never";
}
