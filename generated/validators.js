// Generated from openapi/ by `npm run generate`. Do not edit.
// src/generate/keywords.ts
var check = (schema) => (value, path = "", issues = []) => {
  for (const rule of schema) rule(value, path, issues);
  return issues;
};
var simple = (keyword, reason) => (value, path, issues) => {
  const message = reason(value);
  if (message) issues.push({ path, keyword, message });
};
var isObject = (value) => Object(value) === value && !Array.isArray(value);
var isText = (value) => typeof value === "string";
var under = (path, name) => path ? `${path}.${name}` : name;
var keys = (value) => isObject(value) ? Object.keys(value).filter((key) => value[key] !== void 0) : [];
var list = (value) => Array.isArray(value) ? value : [];
var type = (types) => simple("type", (value) => {
  const kind = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return !types.includes(kind) && `must be ${types.join(" or ")}`;
});
var maxLength = (most) => simple(
  "maxLength",
  (value) => isText(value) && [...value].length > most && `must have at most ${most} characters`
);
var minLength = (least) => simple(
  "minLength",
  (value) => isText(value) && [...value].length < least && `must have at least ${least} characters`
);
var pattern = (allowed, more) => simple("pattern", (value) => isText(value) && !allowed.test(value) && `must match ${more ?? allowed.source}`);
var items = (schema) => (value, path, issues) => {
  for (const [index, one] of list(value).entries()) check(schema)(one, `${path}[${index}]`, issues);
};
var required = (names) => (value, path, issues) => {
  const present = keys(value);
  for (const name of names)
    if (isObject(value) && !present.includes(name))
      issues.push({ path: under(path, name), keyword: "required", message: "is missing" });
};
var properties = (schemas, closed) => (value, path, issues) => {
  for (const name of keys(value)) {
    const at = under(path, name);
    if (Object.hasOwn(schemas, name)) check(schemas[name])(value[name], at, issues);
    else if (closed) issues.push({ path: at, keyword: "additionalProperties", message: "is not known" });
  }
};

// <stdin>
var validators = {
  createManualBackup: { input: check([type(["object"]), required(["project_id", "instance_id", "name", "description"]), properties({ ["project_id"]: [type(["string"]), minLength(1)], ["instance_id"]: [type(["string"]), minLength(1)], ["name"]: [type(["string"]), minLength(4), maxLength(64), pattern(/^[A-Za-z][A-Za-z0-9_-]*$/u, "a letter first, then only letters, digits, - and _")], ["description"]: [type(["string"]), maxLength(256), pattern(/^[^>!<"&'=]*$/u, "any text without the characters `>!<\"&'=`")], ["database_tables"]: [type(["array", "null"]), items([type(["object"]), required(["database_name"]), properties({ ["database_name"]: [type(["string"])], ["table_names"]: [type(["array", "null"]), items([type(["string"])])] }, true)])] }, true)]), success: check([type(["object"]), required(["job_id", "backup_id"]), properties({ ["job_id"]: [type(["string"]), minLength(1)], ["backup_id"]: [type(["string"]), minLength(1)] })]) },
  deleteManualBackup: { input: check([required(["project_id", "backup_id"]), properties({ ["project_id"]: [type(["string"]), minLength(1)], ["backup_id"]: [type(["string"]), minLength(1)] }, true)]), success: check([type(["object"]), required(["job_id"]), properties({ ["job_id"]: [type(["string"]), minLength(1)] })]) }
};
export {
  validators
};
