import { join } from "node:path";
import ts from "typescript";
import { Problem, root } from "../project.js";

/** One thing that callers pass or receive, as its type describes it. */
export interface DocumentedType {
  name: string;
  /** Markdown. */
  description: string;
  members: { name: string; type: string; required: boolean; description: string; preset?: string; example?: string }[];
}

/**
 * The types that callers write by hand, read from the source of the client: everything it exports whose name ends with one
 * of these words.
 */
const endings = ["Options", "Hooks", "Event"];

/**
 * Their members with their doc comments. The compiler only parses and binds: neither Node's types nor the DOM's are loaded.
 * @throws {Problem} when none of the types is found
 */
export function documentedTypes(): DocumentedType[] {
  const entry = join(root, "src", "client", "index.ts");
  const program = ts.createProgram([entry], { noLib: true, types: [], module: ts.ModuleKind.NodeNext });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  const exported = module ? checker.getExportsOfModule(module) : [];
  const types = exported
    .filter(({ name }) => endings.some((ending) => name.endsWith(ending)))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    .map((symbol) => documented(symbol, checker))
    // What the client makes itself, and nobody writes, has no comments.
    .filter(({ members }) => members.some(({ description }) => description !== ""));
  if (types.length === 0) throw new Problem("src/client/index.ts exports no type whose name ends with Options.");
  return types.sort((a, b) => rank(a) - rank(b));
}

/** What everybody passes comes first. */
function rank({ name }: DocumentedType): number {
  return ["ClientOptions", "CallOptions", "Hooks"].includes(name)
    ? ["ClientOptions", "CallOptions", "Hooks"].indexOf(name)
    : 3;
}

function documented(symbol: ts.Symbol, checker: ts.TypeChecker): DocumentedType {
  const members = checker.getDeclaredTypeOfSymbol(symbol).getProperties();
  return {
    name: symbol.name,
    description: textOf(symbol, checker),
    members: members.map((member) => {
      const declaration = member.declarations?.[0];
      return {
        name: member.name,
        type: typeOf(declaration),
        required: (member.flags & ts.SymbolFlags.Optional) === 0,
        description: textOf(member, checker),
        ...tagsOf(member),
      };
    }),
  };
}

function textOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll("\n", " ").trim();
}

/** The type as it is written, without the `undefined` that every optional member allows. */
function typeOf(declaration: ts.Declaration | undefined): string {
  if (declaration === undefined) return "";
  if (ts.isMethodSignature(declaration)) return "function";
  if (!ts.isPropertySignature(declaration) || declaration.type === undefined) return "";
  return declaration.type
    .getText()
    .replace(/\s+/g, " ")
    .replace(" | undefined", "")
    .replace(" | (string & {})", " or string");
}

/** The tags `@default` and `@example`. */
function tagsOf(member: ts.Symbol): { preset?: string; example?: string } {
  const text = (name: string) => {
    const tag = member.getJsDocTags().find((one) => one.name === name);
    return tag && ts.displayPartsToString(tag.text).trim();
  };
  const preset = text("default");
  const example = text("example");
  return { ...(preset && { preset }), ...(example && { example }) };
}
