import { methods, type Spec } from "../../description/spec.js";

/** What a path or an operation states that nothing reads there, and methods that nobody can call, a sentence each. */
export function pathFaults(spec: Spec): string[] {
  const faults: string[] = [];
  const check = (place: string, holder: object): void => {
    for (const key of ["servers", "security"].filter((name) => name in holder))
      faults.push(`${place}: ${key} has no effect here. They are stated once, at the top of openapi/openapi.yaml.`);
  };
  for (const [path, item] of Object.entries(spec.paths)) {
    check(`path ${path}`, item);
    for (const key of ["summary", "description"].filter((name) => name in item))
      faults.push(`path ${path}: ${key} is shown nowhere. Give it to the operations.`);
    if (item.trace) faults.push(`operation ${item.trace.operationId}: no client may send a TRACE. Use another method.`);
    for (const method of methods) {
      const operation = item[method];
      if (operation) check(`operation ${operation.operationId}`, operation);
    }
  }
  return faults;
}
