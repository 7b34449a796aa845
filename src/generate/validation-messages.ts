import type { Schema } from "../description/spec.js";
import { withoutLineBreaks } from "../without-line-breaks.js";

/**
 * What each keyword of JSON Schema allows, in words. `{name}` stands for a parameter of Ajv's error. Only the messages of the
 * keywords that the description uses reach `generated/`. A limit of 1 may have words of its own.
 */
const messages: Record<string, string> = {
  type: "must be {type}",
  required: "is missing",
  dependentRequired: "is missing",
  additionalProperties: "is not known",
  unevaluatedProperties: "is not known",
  propertyNames: "must not have the name {propertyName}",
  minLength: "must have at least {limit} characters",
  "minLength 1": "must not be empty",
  maxLength: "must have at most {limit} characters",
  pattern: "must follow the rule: {pattern}",
  enum: "must be one of {allowedValues}",
  const: "must be {allowedValue}",
  minimum: "must be at least {limit}",
  maximum: "must be at most {limit}",
  exclusiveMinimum: "must be more than {limit}",
  exclusiveMaximum: "must be less than {limit}",
  multipleOf: "must be a multiple of {multipleOf}",
  minItems: "must have at least {limit} items",
  "minItems 1": "must not be empty",
  maxItems: "must have at most {limit} items",
  uniqueItems: "must have no item twice",
  unevaluatedItems: "must have no other items",
  // Whether there are too few or too many: the generator takes no contains without a maxContains.
  contains: "must have {minContains} to {maxContains} items that fit",
  minProperties: "must have at least {limit} properties",
  "minProperties 1": "must not be empty",
  maxProperties: "must have at most {limit} properties",
  anyOf: "must fit one of the allowed forms",
  oneOf: "must fit exactly one of the allowed forms",
  if: 'must fit what the schema says under "{failingKeyword}"',
  not: "is not allowed",
  "false schema": "is not allowed",
};

/** The messages for the keywords that a schema uses, at any depth. */
export function messagesFor(schemas: unknown): Record<string, string> {
  const used = new Set(keywordsIn(schemas));
  return Object.fromEntries(Object.entries(messages).filter(([key]) => used.has(key)));
}

/** The keywords of a schema and of the schemas inside it. A limit of 1 is listed a second time, such as `minLength 1`. */
function keywordsIn(node: unknown): string[] {
  if (node === false) return ["false schema"];
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([keyword, value]) => [
    keyword,
    ...(value === 1 ? [`${keyword} 1`] : []),
    ...keywordsIn(value),
  ]);
}

/** What each pattern allows, for whoever breaks it: the words that `patternRules` finds. */
export function patternWords(schemas: unknown): Record<string, string> {
  return Object.fromEntries([...patternRules(schemas)].map(([pattern, [rule]]) => [pattern, rule ?? pattern]));
}

/** The rules that descriptions give for each pattern. More than one is a contradiction, which src/generate/refuse refuses. */
export function patternRules(schemas: unknown): Map<string, Set<string>> {
  const rules = new Map<string, Set<string>>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { pattern, description } = node as Schema;
    const rule = ruleIn(description);
    if (typeof pattern === "string" && rule !== undefined)
      rules.set(pattern, (rules.get(pattern) ?? new Set()).add(rule));
    for (const child of Object.values(node)) visit(child);
  };
  visit(schemas);
  return rules;
}

/** The space behind a full stop, but not behind that of an abbreviation such as "e.g." */
const endOfSentence = /(?<=\.)(?<!\b[a-z]\.[a-z]\.) /;

/** The rule in the first sentence of a description, such as "letters only" in "The name: letters only." */
export function ruleIn(description: unknown): string | undefined {
  if (typeof description !== "string") return undefined;
  const [first = ""] = withoutLineBreaks(description).split(endOfSentence);
  const [, rule] = /^[^:]*: (.*?)\.?$/.exec(first) ?? [];
  return rule?.replaceAll("`", "") || undefined;
}
