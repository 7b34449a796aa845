import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../project.js";
import { errorsOf, type OperationEntry, operationsOf, type Server, type Spec } from "./description.js";
import { flatBody } from "./flat-body.js";

/** `generated/operations.js` and its types: the operation table and the other facts that the client needs. */
export async function operations(spec: Spec): Promise<{ code: string; types: string }> {
  const entries = operationsOf(spec);
  const regional = spec.servers.filter(({ variables }) => variables?.region?.enum);
  const scheme = Object.values(spec.components.securitySchemes).find((one) => one["x-token-request"]);
  const rules = errorRules(spec);
  const constants = {
    packageVersion: await packageVersion(),
    operations: Object.fromEntries(entries.map((entry) => [entry.operation.operationId, tableEntry(spec, entry)])),
    servers: regional.map(hosts),
    tokenHeader: scheme?.name,
    tokenRequest: scheme?.["x-token-request"],
    errorRules: rules,
  };
  const code = Object.entries(constants).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value, null, 2)};\n`,
  );
  const codes = rules.flatMap((rule) => rule.code ?? []);
  const types = [
    'import type { operations as Schemas } from "./schema.js";',
    operationInterface(entries),
    "export type OperationId = keyof OperationTypes;",
    `/** The operations whose request body the client takes as a whole, under the key \`body\`. */\nexport type WholeBodyId = ${union(wholeBodies(spec, entries))};`,
    `/** A region that the description lists. */\nexport type Region = ${union(regional.flatMap(regionsOf))};`,
    `/** An error code that the description lists. */\nexport type ErrorCode = ${union([...new Set(codes)].sort())};`,
    tableTypes,
  ];
  return { code: code.join("\n"), types: types.join("\n") };
}

async function packageVersion(): Promise<string> {
  const text = await readFile(join(root, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function tableEntry(spec: Spec, { path, method, operation, parameters, requestBody }: OperationEntry) {
  const state = operation["x-state"];
  return {
    method: method.toUpperCase(),
    path,
    parameters: parameters.map(({ name, in: place }) => ({ name, in: place })),
    ...(requestBody && {
      body: flatBody(spec, requestBody) ? "properties" : "whole",
      mediaType: requestBody.mediaType,
    }),
    ...(state?.missing && { goneCode: state.missing }),
    ...(state?.conflict && { takenCode: state.conflict }),
  };
}

function wholeBodies(spec: Spec, entries: OperationEntry[]): string[] {
  return entries
    .filter(({ requestBody }) => requestBody && !flatBody(spec, requestBody))
    .map(({ operation }) => operation.operationId);
}

function hosts(server: Server) {
  return { url: server.url, iamUrl: server["x-iam"], regions: regionsOf(server) };
}

function regionsOf({ variables }: Server): string[] {
  return variables?.region?.enum ?? [];
}

/** What a failure means for whoever may repeat the request. One rule for each status and code. */
function errorRules(spec: Spec) {
  return errorsOf(spec).map(({ status, anchor, value, advice, transient, newToken, repeatLater }) => {
    const code = value.error_code;
    return {
      status: Number(status),
      ...(code && { code }),
      ...(anchor !== code && { anchor }),
      advice: advice.replaceAll("`", "").replace(/\s+/g, " ").trim(),
      ...(transient && { repeat: repeatable[transient.reason] }),
      ...(transient?.wait && { wait: transient.wait }),
      ...(newToken && { renew: true }),
      ...(repeatLater && { later: true }),
    };
  });
}

/** What each reason of `x-transient` says about repeating a request that is not idempotent. See docs/extensions.md. */
const repeatable = { busy: "always", throttled: "always", server: "if-idempotent", token: undefined };

/** The operations as an interface with doc comments, so that an editor shows them on the methods of the client. */
function operationInterface(entries: OperationEntry[]): string {
  const members = entries.map(({ operation }) => {
    const lines = `${operation.summary}.\n\n${operation.description.trim()}`.replaceAll("*/", "*\\/").split("\n");
    const comment = lines.map((line) => `   * ${line}`.trimEnd()).join("\n");
    return `  /**\n${comment}\n   */\n  ${operation.operationId}: Schemas["${operation.operationId}"];`;
  });
  return `export interface OperationTypes {\n${members.join("\n")}\n}`;
}

function union(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ") || "never";
}

const tableTypes = `
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { readonly name: string; readonly in: "path" | "query" | "header" | "cookie" }[];
  /**
   * How the client takes the request body: its properties beside the parameters, or the whole body under the key
   * \`body\`. Undefined where the operation has none.
   */
  readonly body?: "properties" | "whole";
  readonly mediaType?: string;
  /** The error code which says that what the operation works on does not exist (any more). */
  readonly goneCode?: ErrorCode;
  /** The error code which says that another resource has the name already. */
  readonly takenCode?: ErrorCode;
}
export declare const operations: Readonly<Record<OperationId, Operation>>;

/** The hosts of some regions. \`{region}\` stands for the region. */
export interface Hosts {
  readonly url: string;
  /** The host of IAM, which issues tokens. */
  readonly iamUrl: string;
  readonly regions: readonly string[];
}
export declare const servers: readonly Hosts[];

/** The header that carries a token. */
export declare const tokenHeader: string;
/** How IAM is asked for a token, and the header of its response that carries it. */
export declare const tokenRequest: { readonly path: string; readonly header: string; readonly maxBytes: number };

/** What a documented failure means. */
export interface ErrorRule {
  readonly status: number;
  /** Undefined for a failure whose body has no error code. */
  readonly code?: ErrorCode;
  /** Where generated/reference.md explains it, if that is not the code itself. */
  readonly anchor?: string;
  /** What to do about it. */
  readonly advice: string;
  /** When the same request may be repeated: always, since nothing was started; or only if it is idempotent. */
  readonly repeat?: "always" | "if-idempotent";
  /** How long to wait before that, at least, in seconds. */
  readonly wait?: number;
  /** Whether other credentials help. Nothing was started. */
  readonly renew?: true;
  /** Whether the same request can succeed once something else has changed, such as the state of the instance. */
  readonly later?: true;
}
export declare const errorRules: readonly ErrorRule[];
/** The version of this package. */
export declare const packageVersion: string;
`;
