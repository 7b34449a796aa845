import ts from "typescript";
import { type Exports, isOptional, readDeclarations } from "./declarations.js";
import { takesAsBefore } from "./parameters.js";

/**
 * What a caller of the last release loses by a change of the public types.
 * @param entry the entry of the package, for the sentences
 * @param before all public declarations of the last release, in one module
 * @param changed one or more modules that may follow it
 * @returns for each of these, a sentence for each fault
 */
export function brokenTypes(entry: string, before: string, changed: readonly string[]): string[][] {
  const [[released = new Map(), ...successors], checker] = readDeclarations([before, ...changed]);
  return successors.map((present) => brokenExports(entry, released, present, checker));
}

function brokenExports(entry: string, released: Exports, present: Exports, checker: ts.TypeChecker): string[] {
  const faults: string[] = [];
  for (const [name, symbol] of released) {
    const successor = present.get(name);
    if (successor === undefined) faults.push(`${entry}: ${name} is no longer exported.`);
    else faults.push(...brokenSymbol(`${entry}: ${name}`, symbol, successor, checker));
  }
  return faults;
}

function brokenSymbol(what: string, before: ts.Symbol, now: ts.Symbol, checker: ts.TypeChecker): string[] {
  if (before.flags & ts.SymbolFlags.Value) {
    const [released, present] = [checker.getTypeOfSymbol(before), checker.getTypeOfSymbol(now)];
    if ((now.flags & ts.SymbolFlags.Value) === 0) return [`${what} is no longer a value.`];
    if (!isGeneric(before) && !checker.isTypeAssignableTo(present, released)) {
      return [`${what} no longer fits everywhere it did before.`];
    }
    if (!takesAsBefore(released, present, checker)) return [`${what} no longer takes what it took.`];
  }
  if ((before.flags & ts.SymbolFlags.Type) === 0) return [];
  if ((now.flags & ts.SymbolFlags.Type) === 0) return [`${what} is no longer a type.`];
  if (isGeneric(before)) return [];
  return brokenType(what, checker.getDeclaredTypeOfSymbol(before), checker.getDeclaredTypeOfSymbol(now), checker);
}

/**
 * The compiler cannot compare two generic declarations of different modules, except for how many parameters they take. Their parts
 * are held by the concrete types that are exported beside them, and by the samples.
 */
function isGeneric({ declarations = [] }: ts.Symbol): boolean {
  return declarations.some((one) => "typeParameters" in one && one.typeParameters !== undefined);
}

function brokenType(what: string, before: ts.Type, now: ts.Type, checker: ts.TypeChecker): string[] {
  if (before.isUnion()) return brokenUnion(what, before, now, checker);
  const members = before.getProperties();
  const successors = new Map(now.getProperties().map((member) => [nameOf(member), member]));
  // Callers write a type that has optional members: what they wrote must still be accepted.
  const isWritten = members.some(isOptional);
  const faults: string[] = [];
  for (const member of members) {
    const name = nameOf(member);
    const successor = successors.get(name);
    if (successor === undefined) faults.push(`${what} has no member ${name} any more.`);
    else if (!fits(member, successor, isWritten, checker)) faults.push(`${what} has another type of ${name}.`);
  }
  if (isWritten) {
    const requiredBefore = new Set(members.filter((member) => !isOptional(member)).map(nameOf));
    const required = [...successors.values()].filter(
      (member) => !isOptional(member) && !requiredBefore.has(nameOf(member)),
    );
    faults.push(...required.map((member) => `${what} requires the member ${nameOf(member)}.`));
  }
  return faults;
}

/** A caller may have written any member of a union, such as a region or an error code. */
function brokenUnion(what: string, before: ts.UnionType, now: ts.Type, checker: ts.TypeChecker): string[] {
  const gone = before.types.filter((type) => !checker.isTypeAssignableTo(type, now));
  return gone.map((type) => `${what} has no ${checker.typeToString(type)} any more.`);
}

function fits(before: ts.Symbol, now: ts.Symbol, isWritten: boolean, checker: ts.TypeChecker): boolean {
  const [released, present] = [checker.getTypeOfSymbol(before), checker.getTypeOfSymbol(now)];
  const accepted = checker.isTypeAssignableTo(released, present);
  const given = checker.isTypeAssignableTo(present, released);
  // A required function is one that callers call.
  if (released.getCallSignatures().length > 0) return given && takesAsBefore(released, present, checker);
  if (isWritten) return accepted;
  // Data may be written or read. The functions that take or return it have been compared strictly.
  return accepted || given;
}

/** The compiler numbers the names of members such as [Symbol.asyncDispose]. */
function nameOf({ name }: ts.Symbol): string {
  return name.startsWith("__@") ? name.slice(0, name.lastIndexOf("@")) : name;
}
