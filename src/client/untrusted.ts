// What a fetch or a token function throws can be anything: a symbol, or an object whose getters throw.

/** Whether a value is an instance of a class. A proxy may throw when it is asked. */
export function isInstance<Type>(value: unknown, type: new (...parameters: never[]) => Type): value is Type {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

/** Whether a value is what JSON calls an object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A property of any value; undefined where it cannot be read. */
export function propertyOf(value: unknown, name: string | symbol): unknown {
  try {
    return Object(value)[name];
  } catch {
    return undefined;
  }
}

/** A property that is a text and not empty. */
export function textOf(value: unknown, name: string): string | undefined {
  const text = propertyOf(value, name);
  return typeof text === "string" && text !== "" ? text : undefined;
}

/** Any value as text. */
export function describeValue(value: unknown): string {
  try {
    return String(value);
  } catch {
    return "something that cannot be described";
  }
}

/** Why something was thrown, in words. */
export function reasonOf(thrown: unknown): string {
  return textOf(thrown, "message") ?? describeValue(thrown);
}
