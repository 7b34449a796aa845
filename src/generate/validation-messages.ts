import { keywordObjects } from "../description/keywords.js";
import { withoutLineBreaks } from "../shared/without-line-breaks.js";

/**
 * What each keyword of JSON Schema allows, in words. `{name}` stands for a parameter of Ajv's error. Only the messages of
 * errors that the validators can give reach `generated/`. A limit of 1 may have words of its own.
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

/**
 * The messages of the errors that validators can give.
 * @param code that of the validators, as Ajv and esbuild write it
 */
export function messagesFor(code: string): Record<string, string> {
  const used = new Set([...code.matchAll(/keyword: "([^"]+)"/g)].map(([, keyword]) => keyword));
  return Object.fromEntries(Object.entries(messages).filter(([key]) => used.has(key.replace(/ 1$/, ""))));
}

/** What each pattern allows, for whoever breaks it: the words that `patternRules` finds. */
export function patternWords(schemas: unknown): Record<string, string> {
  return Object.fromEntries([...patternRules(schemas)].map(([pattern, [rule]]) => [pattern, rule ?? pattern]));
}

/**
 * The rules that descriptions give for each pattern. More than one is a contradiction, which src/generate/refuse refuses.
 * @param document the whole description, or schemas of it
 */
export function patternRules(document: unknown): Map<string, Set<string>> {
  const rules = new Map<string, Set<string>>();
  for (const { object } of keywordObjects(document)) {
    const { pattern, description } = object;
    const rule = ruleIn(description);
    if (typeof pattern === "string" && rule !== undefined)
      rules.set(pattern, (rules.get(pattern) ?? new Set()).add(rule));
  }
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
