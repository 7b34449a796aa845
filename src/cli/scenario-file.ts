import { createRequire } from "node:module";
import { reasonOf } from "../client/untrusted.js";
import { isPlainObject } from "../mock/json.js";
import { resolvePrism } from "../mock/prism-package.js";
import { UsageError } from "./errors.js";
import { readTextFile } from "./file.js";

/** A node of the syntax tree of YAML. */
interface YamlNode {
  readonly kind: number;
  readonly value?: unknown;
  readonly mappings?: readonly YamlNode[];
  readonly items?: readonly (YamlNode | null)[];
}
/** The kind of a node that repeats another one. */
const alias = 4;

/**
 * Reads a scenario: replies by operation, in YAML or JSON, which are not checked.
 * @throws {UsageError} in one sentence that names the file
 */
export async function readScenario(name: string): Promise<Readonly<Record<string, unknown>>> {
  const data = parseYaml(name, await readTextFile(name, (reason) => new UsageError(`the scenario ${name} ${reason}`)));
  // The operations and their replies are checked by the mock.
  if (isPlainObject(data)) return data;
  throw new UsageError(`the scenario ${name} must map each operation to a list of replies`);
}

/** What Prism's reader of YAML makes of a text. */
interface ParsedYaml {
  readonly data: unknown;
  readonly diagnostics: readonly { message: string; range: { start: { line: number } } }[];
}
interface YamlParsers {
  parseTree(text: string): YamlNode | undefined;
  parseWithPointers(text: string): ParsedYaml;
}

/** The reader of YAML that Prism brings along, and the parser that this in turn brings along. */
function yamlParsers(): YamlParsers {
  const fromPrism = createRequire(resolvePrism());
  const fromYaml = createRequire(fromPrism.resolve("@stoplight/yaml"));
  const { parseWithPointers } = fromPrism("@stoplight/yaml");
  return { parseTree: fromYaml("@stoplight/yaml-ast-parser").safeLoad, parseWithPointers };
}

/** JSON is YAML, too. */
function parseYaml(name: string, text: string): unknown {
  const { parseTree, parseWithPointers } = yamlParsers();
  let parsed: ParsedYaml;
  try {
    const tree = parseTree(text);
    // A few aliases of aliases can stand for more nodes than there is memory.
    if (tree && hasAlias(tree)) throw new UsageError(`the scenario ${name} must not use aliases`);
    parsed = parseWithPointers(text);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof RangeError) throw new UsageError(`the scenario ${name} is nested too deeply`);
    // The reader fails in words of its own, such as for bytes.
    throw new UsageError(`the scenario ${name} cannot be read as YAML: ${reasonOf(error)}`);
  }
  const [fault] = parsed.diagnostics;
  if (!fault) return parsed.data;
  throw new UsageError(`the scenario ${name} is not valid YAML, line ${fault.range.start.line + 1}: ${fault.message}`);
}

function hasAlias(node: YamlNode): boolean {
  if (node.kind === alias) return true;
  const below = [...(node.mappings ?? []), ...(node.items ?? [])];
  if (isNode(node.value)) below.push(node.value);
  return below.some((child) => child !== null && hasAlias(child));
}

function isNode(value: unknown): value is YamlNode {
  return typeof value === "object" && value !== null && "kind" in value;
}
