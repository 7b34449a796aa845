import { join } from "node:path";
import ts from "typescript";
import { Problem } from "../shared/problem.js";
import { withoutLineBreaks } from "../shared/without-line-breaks.js";
import { root } from "../tools/project.js";

/** A type of the client, in the words of its doc comments. */
export interface DocumentedType {
  name: string;
  /** Markdown. */
  description: string;
  /** Whether the client makes the values, so that no caller has to know which members are required. */
  isReceived: boolean;
  /** The documented types whose members it has, too. */
  bases: string[];
  /** Its own members. */
  members: DocumentedMember[];
}

export interface DocumentedMember {
  name: string;
  type: string;
  required: boolean;
  /** Markdown. */
  description: string;
  defaultValue?: string;
  example?: string;
}

/** What a table says of a member, in Markdown. */
export function descriptionOf({ description, example }: DocumentedMember): string {
  return `${description}${example ? ` Example: \`${example}\`` : ""}`;
}

/** The default of a member, in Markdown: a value, a sentence about one, or nothing. */
export function defaultOf({ defaultValue = "" }: DocumentedMember): string {
  const isValue = defaultValue !== "" && !defaultValue.includes(" ");
  return isValue ? `\`${defaultValue}\`` : defaultValue;
}

/** How the names of the types end that callers pass. */
const passed = ["Options", "Hooks", "Keys"];
/** How the names of the types end that callers receive. */
const received = ["Event", "TokenContext"];
const endings = [...passed, ...received];

/** The order of the types that most callers need. All others follow. */
const firstTypes = ["ClientOptions", "CallOptions", "Hooks"];

/**
 * Types that callers pass or receive: everything that the client exports whose name has one of these endings. The compiler only
 * parses and binds: neither Node's types nor the DOM's are loaded.
 * @throws {Problem} when none of the types is found
 */
export function documentedTypes(): DocumentedType[] {
  const entry = join(root, "src", "client", "index.ts");
  const program = ts.createProgram([entry], { noLib: true, types: [], module: ts.ModuleKind.NodeNext });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry);
  const module = file && checker.getSymbolAtLocation(file);
  const exported = module ? checker.getExportsOfModule(module) : [];
  const symbols = exported
    .filter(({ name }) => hasEnding(name, endings))
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
    // Skip types whose members have no doc comments.
    .filter((symbol) => membersOf(symbol, checker).some((member) => textOf(member, checker) !== ""));
  if (symbols.length === 0)
    throw new Problem(`src/client/index.ts exports no type whose name ends in one of: ${endings.join(", ")}.`);
  return symbols.map((symbol) => documented(symbol, symbols, checker)).sort((a, b) => rank(a) - rank(b));
}

function hasEnding(name: string, allowed: string[]): boolean {
  return allowed.some((ending) => name.endsWith(ending));
}

function rank({ name }: DocumentedType): number {
  const place = firstTypes.indexOf(name);
  return place === -1 ? firstTypes.length : place;
}

function membersOf(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol[] {
  return checker.getDeclaredTypeOfSymbol(symbol).getProperties();
}

/** @param shown the types that are documented: members that come from one of them are left to it */
function documented(symbol: ts.Symbol, shown: ts.Symbol[], checker: ts.TypeChecker): DocumentedType {
  const type = checker.getDeclaredTypeOfSymbol(symbol);
  const bases = (type.getBaseTypes() ?? []).filter((base) => shown.includes(base.symbol));
  const isInherited = (member: ts.Symbol) => bases.some((base) => base.getProperty(member.name) === member);
  return {
    name: symbol.name,
    description: textOf(symbol, checker),
    isReceived: hasEnding(symbol.name, received),
    bases: bases.map((base) => base.symbol.name),
    members: membersOf(symbol, checker)
      .filter((member) => !isInherited(member))
      .map((member) => memberOf(member, checker)),
  };
}

function memberOf(member: ts.Symbol, checker: ts.TypeChecker): DocumentedMember {
  const isOptional = (member.flags & ts.SymbolFlags.Optional) !== 0;
  return {
    name: member.name,
    type: typeOf(member.declarations?.[0], isOptional),
    required: !isOptional,
    description: textOf(member, checker),
    ...tagsOf(member),
  };
}

function textOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return withoutLineBreaks(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
}

/** The type as it is written, without the `undefined` that every optional member allows. */
function typeOf(declaration: ts.Declaration | undefined, isOptional: boolean): string {
  if (declaration === undefined) return "";
  if (ts.isMethodSignature(declaration)) return "function";
  if (!ts.isPropertySignature(declaration) || declaration.type === undefined) return "";
  const { type } = declaration;
  const parts = ts.isUnionTypeNode(type) ? [...type.types] : [type];
  const named = parts.filter(({ kind }) => !isOptional || kind !== ts.SyntaxKind.UndefinedKeyword);
  const [only] = named;
  // The parentheses around a function type are needed only beside `undefined`.
  if (named.length === 1 && only && ts.isParenthesizedTypeNode(only)) return withoutLineBreaks(only.type.getText());
  const texts = named.map((part) => withoutLineBreaks(part.getText()));
  return texts.join(" | ").replace(" | (string & {})", " or string");
}

/** The tags `@default` and `@example`. */
function tagsOf(member: ts.Symbol): Pick<DocumentedMember, "defaultValue" | "example"> {
  const text = (name: string) => {
    const tag = member.getJsDocTags().find((one) => one.name === name);
    return tag && ts.displayPartsToString(tag.text).trim();
  };
  const defaultValue = text("default");
  const example = text("example");
  return { ...(defaultValue && { defaultValue }), ...(example && { example }) };
}
