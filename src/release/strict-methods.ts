import ts from "typescript";
import { duplicatesIn } from "../shared/duplicates.js";

/**
 * Declarations whose methods are written as properties: `write(text: string): void` becomes `write: (text: string) => void`. The
 * compiler compares the parameters of a method in both directions, and so overlooks one that accepts less than before.
 */
export function withStrictMethods(name: string, text: string): string {
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest);
  const { transformed } = ts.transform(source, [strictMethods]);
  return transformed.map((file) => ts.createPrinter().printFile(file)).join("");
}

function strictMethods(context: ts.TransformationContext): ts.Transformer<ts.SourceFile> {
  const visit = (node: ts.Node): ts.Node => {
    if (!ts.isInterfaceDeclaration(node) && !ts.isTypeLiteralNode(node) && !ts.isClassDeclaration(node)) {
      return ts.visitEachChild(node, visit, context);
    }
    const overloaded = overloadedNames(node.members);
    const visitMember = (member: ts.Node) => visit(overloaded.has(nameOf(member)) ? member : asProperty(member));
    return ts.visitEachChild(node, visitMember, context);
  };
  return (source) => ts.visitEachChild(source, visit, context);
}

/** A property cannot have several signatures, so an overloaded method stays one. */
function overloadedNames(members: ts.NodeArray<ts.Node>): Set<string> {
  const names = members.map(nameOf).filter((name) => name !== "");
  return new Set(duplicatesIn(names));
}

/** The name of a method, if it is a plain one. Anything else has none. */
function nameOf(member: ts.Node): string {
  const isMethod = ts.isMethodSignature(member) || ts.isMethodDeclaration(member);
  return isMethod && ts.isIdentifier(member.name) ? member.name.text : "";
}

function asProperty(member: ts.Node): ts.Node {
  if (ts.isMethodSignature(member)) {
    const { modifiers, name, questionToken } = member;
    return ts.factory.createPropertySignature(modifiers, name, questionToken, functionOf(member));
  }
  if (ts.isMethodDeclaration(member)) {
    const { modifiers, name, questionToken } = member;
    return ts.factory.createPropertyDeclaration(modifiers, name, questionToken, functionOf(member), undefined);
  }
  return member;
}

function functionOf({ typeParameters, parameters, type }: ts.MethodSignature | ts.MethodDeclaration): ts.TypeNode {
  const result = type ?? ts.factory.createKeywordTypeNode(ts.SyntaxKind.AnyKeyword);
  return ts.factory.createFunctionTypeNode(typeParameters, parameters, result);
}
