import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Failure, failuresOf } from "../description/failures.js";
import { takesWholeBody } from "../description/flat-body.js";
import { type Operation, operationsOf } from "../description/operations.js";
import { regionsOf } from "../description/servers.js";
import type { Server, Spec } from "../description/spec.js";
import { withoutLineBreaks } from "../shared/without-line-breaks.js";
import { root } from "../tools/project.js";
import { tableTypes } from "./operation-table-types.js";
import { requestIdHeadersOf } from "./request-id-header.js";

/**
 * `generated/operations.js` and its types: the operation table and the other facts that the client needs.
 * @param description with its references followed
 */
export async function operationTable(description: Spec): Promise<{ code: string; types: string }> {
  const operations = operationsOf(description);
  const failures = failuresOf(operations);
  const servers = description.servers.filter((server) => regionsOf(server).length > 0);
  const tokenScheme = Object.values(description.components.securitySchemes).find((one) => one["x-token-request"]);
  const constants = {
    packageVersion: await packageVersion(),
    operations: Object.fromEntries(operations.map((operation) => [operation.operationId, tableEntry(operation)])),
    servers: servers.map(hostsOf),
    tokenHeader: tokenScheme?.name,
    requestIdHeader: requestIdHeadersOf(operations)[0],
    tokenRequest: tokenScheme?.["x-token-request"],
    errorRules: failures.map(errorRule),
  };
  const code = Object.entries(constants).map(
    ([name, value]) => `export const ${name} = ${JSON.stringify(value, null, 2)};\n`,
  );
  return { code: code.join("\n"), types: typesOf(operations, failures, servers) };
}

async function packageVersion(): Promise<string> {
  const text = await readFile(join(root, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function tableEntry(operation: Operation) {
  const { method, path, parameters, requestBody, raw } = operation;
  const state = raw["x-state"];
  return {
    method,
    path,
    parameters: parameters.map(({ name, in: place }) => ({ name, in: place })),
    ...(requestBody && {
      body: takesWholeBody(operation) ? "whole" : "properties",
      mediaType: requestBody.mediaType,
    }),
    ...(state?.missing && { goneCode: state.missing }),
    ...(state?.conflict && { takenCode: state.conflict }),
  };
}

function hostsOf(server: Server) {
  return { url: server.url, iamUrl: server["x-iam"], regions: regionsOf(server) };
}

/** What a failure means for whoever may repeat the request. One rule for each status and code. */
function errorRule({ status, code, anchor, advice, transient, newToken, repeatLater }: Failure) {
  return {
    status: Number(status),
    ...(code && { code }),
    ...(anchor !== code && { anchor }),
    advice: withoutLineBreaks(advice.replaceAll("`", "")),
    ...(transient && { repeat: repeatable[transient.reason] }),
    ...(transient?.wait && { wait: transient.wait }),
    ...(newToken && { renew: true }),
    ...(repeatLater && { later: true }),
  };
}

/** What each reason of `x-transient` says about repeating a request that is not idempotent. See docs/extensions.md. */
const repeatable = { busy: "always", throttled: "always", server: "if-idempotent", token: undefined };

function typesOf(operations: Operation[], failures: Failure[], servers: Server[]): string {
  const wholeBodies = operations.filter(takesWholeBody);
  const codes = new Set(failures.flatMap(({ code }) => code ?? []));
  return [
    'import type { operations as Schemas } from "./schema.js";',
    operationInterface(operations),
    "export type OperationId = keyof OperationTypes;",
    "/** The operations whose request body the client takes as a whole, under the key `body`. */",
    `export type WholeBodyId = ${union(wholeBodies.map(({ operationId }) => operationId))};`,
    "/** A region that the description lists. */",
    `export type Region = ${union(servers.flatMap(regionsOf))};`,
    "/** An error code that the description lists. */",
    `export type ErrorCode = ${union([...codes].sort())};`,
    tableTypes,
  ].join("\n");
}

/** The operations as an interface with doc comments, so that an editor shows them on the methods of the client. */
function operationInterface(operations: Operation[]): string {
  const members = operations.map(({ operationId, summary, description }) => {
    const lines = `${summary}.\n\n${description.trim()}`.replaceAll("*/", "*\\/").split("\n");
    const comment = lines.map((line) => `   * ${line}`.trimEnd()).join("\n");
    return `  /**\n${comment}\n   */\n  ${operationId}: Schemas["${operationId}"];`;
  });
  return `export interface OperationTypes {\n${members.join("\n")}\n}`;
}

function union(values: readonly string[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ") || "never";
}
