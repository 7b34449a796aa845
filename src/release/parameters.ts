import ts from "typescript";
import { isOptional } from "./declarations.js";

/**
 * Whether functions and constructors of the last release may still be called as they were. The compiler asks less: a function
 * that takes fewer parameters fits in the place of one that takes more, an optional parameter may become a required one, and
 * the parameters of constructors are compared in both directions.
 */
export function takesAsBefore(before: ts.Type, now: ts.Type, checker: ts.TypeChecker): boolean {
  const areCovered = (released: readonly ts.Signature[], present: readonly ts.Signature[]) =>
    released.every((one) => present.some((other) => acceptsArguments(one, other, checker)));
  return (
    areCovered(before.getCallSignatures(), now.getCallSignatures()) &&
    areCovered(before.getConstructSignatures(), now.getConstructSignatures())
  );
}

interface Parameter {
  /** Of a rest parameter, the type of each argument. Undefined where it depends on a type parameter. */
  readonly type: ts.Type | undefined;
  readonly isOptional: boolean;
  readonly isRest: boolean;
}

/** Whether each list of arguments that one signature took is one that another takes. */
function acceptsArguments(before: ts.Signature, now: ts.Signature, checker: ts.TypeChecker): boolean {
  const released = parametersOf(before, checker);
  const present = parametersOf(now, checker);
  const last = present.at(-1);
  const rest = last?.isRest ? last : undefined;
  const leastBefore = released.filter(isRequired).length;
  if (present.slice(leastBefore).some(isRequired)) return false;
  return released.every((parameter, index) => {
    const taker = present[index] ?? rest;
    if (taker === undefined || (parameter.isRest && !taker.isRest)) return false;
    return isAccepted(parameter.type, taker.type, checker);
  });
}

const isRequired = (parameter: Parameter) => !parameter.isOptional && !parameter.isRest;

function parametersOf(signature: ts.Signature, checker: ts.TypeChecker): Parameter[] {
  const parameters = signature.getParameters().map((symbol): Parameter => {
    const declaration = declarationOf(symbol);
    const type = checker.getTypeOfSymbol(symbol);
    if (declaration?.dotDotDotToken) return { type: type.getNumberIndexType(), isOptional: false, isRest: true };
    return { type, isOptional: declaration?.questionToken !== undefined, isRest: false };
  });
  if (signature.getTypeParameters() === undefined) return parameters;
  // The compiler cannot compare the type parameters of two signatures. The samples hold generic functions.
  return parameters.map((parameter) => ({ ...parameter, type: undefined }));
}

/** None, where the compiler made the parameter itself, of a union of functions. */
function declarationOf({ valueDeclaration }: ts.Symbol): ts.ParameterDeclaration | undefined {
  return valueDeclaration && ts.isParameter(valueDeclaration) ? valueDeclaration : undefined;
}

function isAccepted(argument: ts.Type | undefined, parameter: ts.Type | undefined, checker: ts.TypeChecker): boolean {
  if (argument === undefined || parameter === undefined) return true;
  return checker.isTypeAssignableTo(argument, parameter) && knowsProperties(argument, parameter);
}

/** Callers write objects that have optional properties. There, the compiler refuses each property that it does not know. */
function knowsProperties(argument: ts.Type, parameter: ts.Type): boolean {
  const properties = partsOf(argument)
    .map((part) => part.getProperties())
    .filter((list) => list.some(isOptional))
    .flat();
  return properties.every(({ name }) => partsOf(parameter).some((part) => part.getProperty(name) !== undefined));
}

const partsOf = (type: ts.Type) => (type.isUnion() ? type.types : [type]);
