import { join } from "node:path";
import ts from "typescript";
import { Problem } from "../shared/problem.js";
import { root } from "../tools/project.js";
import { withStrictMethods } from "./strict-methods.js";

export type Exports = ReadonlyMap<string, ts.Symbol>;

/**
 * The exports of modules of declarations, by name, in one program: reading several costs hardly more than one.
 * @throws {Problem} when one of them exports nothing
 */
export function readDeclarations(texts: readonly string[]): [modules: Exports[], checker: ts.TypeChecker] {
  // They need not be on the disk. Their imports are found from a place inside the project.
  const named = texts.map((text, index): [name: string, text: string] => {
    const name = join(root, "dist", `declarations-${index}.d.ts`);
    return [name, withStrictMethods(name, withoutAbsentMethods(text))];
  });
  const program = programOf(new Map(named));
  return [named.map(([file]) => exportsOf(program, file)), program.getTypeChecker()];
}

/** openapi-typescript lists the methods that a path does not have as `never`. One that is added later breaks nobody. */
function withoutAbsentMethods(text: string): string {
  return text.replace(/^ *(?:get|put|post|delete|options|head|patch|trace)\?: never;$/gm, "");
}

/** Whether an object may lack this member. */
export function isOptional(member: ts.Symbol): boolean {
  return (member.flags & ts.SymbolFlags.Optional) !== 0;
}

/** The settings of the project's compiler. */
export const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  root,
);

function exportsOf(program: ts.Program, file: string): Exports {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Problem(`${file} exports nothing.`);
  const exported = checker.getExportsOfModule(module);
  return new Map(exported.map((symbol) => [symbol.name, declared(symbol, checker)]));
}

function declared(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function programOf(texts: ReadonlyMap<string, string>): ts.Program {
  const host = ts.createCompilerHost(options);
  const fromDisk = host.getSourceFile.bind(host);
  const isOnDisk = host.fileExists.bind(host);
  host.fileExists = (name) => texts.has(name) || isOnDisk(name);
  host.getSourceFile = (name, version) => {
    const text = texts.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version);
    return fromDisk(name, version);
  };
  return ts.createProgram([...texts.keys()], options, host);
}
