/** The checks of the option `backups`. */

import { validators } from "../../generated/validators.js";
import { issuesOf } from "../client/issues.js";
import { operationsById } from "./answers.js";
import { isText } from "./checks.js";
import { isJson, isPlainObject } from "./json.js";
import { mostResourceBytes, mostResources } from "./limits.js";
import { creatingOperations, resourceRule } from "./resource-rule.js";
import type { Fields } from "./state.js";
import { unknownName } from "./suggest.js";

/** What is wrong with the backups that are to exist from the start; undefined if nothing is. */
export function backupsFault(value: unknown): string | undefined {
  if (!Array.isArray(value)) return "must be a list";
  // The state would forget the others.
  if (value.length > mostResources) return `must be no more than ${mostResources}, and there are ${value.length}`;
  const taken = new Set<string>();
  for (const [index, backup] of value.entries()) {
    const fault = shapeFault(backup, index);
    if (fault !== undefined) return fault;
    for (const { names, key } of identitiesOf(backup)) {
      if (taken.has(key)) return `must differ, but number ${index} has the same ${names.join(" and ")} as another`;
      taken.add(key);
    }
  }
  if (Buffer.byteLength(JSON.stringify(value)) > mostResourceBytes) {
    return `must take no more than ${mostResourceBytes} bytes as JSON`;
  }
  return undefined;
}

/** Why a value is not a backup; undefined if it is one. */
function shapeFault(backup: unknown, index: number): string | undefined {
  if (!isPlainObject(backup)) return `must be a list of objects, but number ${index} is none`;
  const required = requiredFields();
  const missing = required.find((name) => !isText(backup[name]));
  if (missing !== undefined) {
    return `must be a list of objects with ${required.join(" and ")}, but number ${index} has no ${missing}`;
  }
  const known = knownFields();
  const unknown = Object.keys(backup).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const wrong = `must be a list of backups, but number ${index} is wrong: a backup has no property`;
    return unknownName(wrong, unknown, known);
  }
  // A property with the value undefined counts as missing.
  if (!Object.values(backup).every((one) => one === undefined || isJson(one))) {
    return `must be a list of plain data, but number ${index} has something else`;
  }
  const wrongType = typeFault(backup);
  if (wrongType === undefined) return undefined;
  return `must be a list of backups as the description has them, but number ${index} is wrong: ${wrongType}`;
}

/** What no two backups may share: their IDs, and within a project their names. */
function identitiesOf(backup: Fields): { names: readonly string[]; key: string }[] {
  const rule = resourceRule(operationsById.values());
  if (!rule) return [];
  const { within, id, unique } = rule;
  const identities = [[within, id]];
  if (unique !== undefined && backup[unique] !== undefined) identities.push([within, unique]);
  return identities.map((names) => ({
    names,
    key: JSON.stringify(names.map((name) => [name, backup[name]])),
  }));
}

/** Says where a project has more backups from the start than it may have. Both options have been checked by themselves. */
export function quotaFault({ backups, quota }: Readonly<Record<string, unknown>>): string | undefined {
  if (!Array.isArray(backups) || typeof quota !== "number") return undefined;
  const [within = ""] = requiredFields();
  const counts = new Map<string, number>();
  for (const { [within]: project } of backups) counts.set(project, (counts.get(project) ?? 0) + 1);
  for (const [project, count] of counts) {
    if (count <= quota) continue;
    const advice = "give fewer backups, or a higher quota";
    return `must be no more than quota allows, but project ${project} has ${count}, and quota is ${quota}: ${advice}`;
  }
  return undefined;
}

/**
 * The first value of another type than the description gives it. Nothing else is asked of the values, because a test may
 * call its backups whatever it likes.
 */
function typeFault(backup: Fields): string | undefined {
  // Operations that do not create may have fields of the same names with other types.
  for (const { operationId } of creatingOperations(operationsById.values())) {
    const { input, success } = validators[operationId];
    for (const validator of success ? [input, success] : [input]) {
      const found = issuesOf(validator, backup).find(({ keyword }) => keyword === "type");
      if (found) return `${found.path} ${found.message}`;
    }
  }
  return undefined;
}

/** What every backup must have. */
function requiredFields(): string[] {
  const rule = resourceRule(operationsById.values());
  return rule ? [rule.within, rule.id] : [];
}

/** What a backup can have: what is sent to make it, and what is answered. */
function knownFields(): string[] {
  const names = creatingOperations(operationsById.values()).flatMap(({ parameters, requestBody, success }) => [
    ...parameters.map(({ name }) => name),
    ...Object.keys(requestBody?.schema.properties ?? {}),
    ...Object.keys(success.body ?? {}),
  ]);
  return [...new Set(names)];
}
