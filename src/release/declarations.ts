import { join } from "node:path";
import ts from "typescript";
import { Problem, root } from "../redocly.js";

type Exports = ReadonlyMap<string, ts.Symbol>;

/**
 * The exports of two modules of declarations, by name, in one program.
 * @throws {Problem} when one of them exports nothing
 */
export function declarationsIn(before: string, now: string): [Exports, Exports, ts.TypeChecker] {
  // They need not be on the disk. Their imports are found from a place inside the project.
  const files = { before: join(root, "dist", "before.d.ts"), now: join(root, "dist", "now.d.ts") };
  const program = programOf(
    new Map([
      [files.before, before],
      [files.now, now],
    ]),
  );
  const checker = program.getTypeChecker();
  return [exportsOf(program, files.before), exportsOf(program, files.now), checker];
}

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
    // The libraries are the same each time, and take most of the time.
    const source = parsed.get(name) ?? fromDisk(name, version);
    if (source) parsed.set(name, source);
    return source;
  };
  return ts.createProgram([...texts.keys()], options, host);
}

const parsed = new Map<string, ts.SourceFile>();
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  root,
);
