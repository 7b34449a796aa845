import { createRequire } from "node:module";

/** A request as Prism's engine takes it. */
export interface EngineRequest {
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
}
/** Why a request, or an answer, breaks the spec. */
export interface Violation {
  /** Where: `["body", "name"]`. */
  path: string[];
  message: string;
}
/** What is to be answered: an example of the spec, with the body replaced where one is given. */
export interface Decision {
  status: number;
  example: string | undefined;
  body?: unknown;
}
export interface EngineAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
  /** What is wrong with the answer itself: empty, unless a decision broke the contract. */
  violations: Violation[];
}
export interface Engine {
  /**
   * Checks a request and answers it with what `decide` says, checked too.
   * @returns undefined where the spec has no such path and method
   */
  handle(
    request: EngineRequest,
    decide: (operationId: string, violations: Violation[]) => Decision,
  ): Promise<EngineAnswer | undefined>;
}

/** The parts of Prism that are used here. They come without types for an import by path. */
interface Diagnostic {
  path?: (string | number)[];
  message: string;
  code?: string | number;
}
type Either<T> = { _tag: "Left"; left: Error & { type?: string; status?: number } } | { _tag: "Right"; right: T };
interface PrismResponse {
  statusCode: number;
  headers?: Record<string, unknown>;
  body?: unknown;
}
type PrismMock = (call: {
  resource: { iid?: string };
  input: { data: unknown; validations: Diagnostic[] };
  config: Record<string, unknown>;
}) => (logger: unknown) => Either<PrismResponse>;
/** Prism reads its settings as it goes, so the mock may still say whether the answer is to be checked. */
interface Settings {
  validateResponse: boolean;
  /** The name of the example that is answered, if it is answered as it is. */
  answer?: string | undefined;
  mock?: MockSettings;
}
interface MockSettings {
  decide: (operationId: string, violations: Violation[]) => Decision;
  settings: Settings;
}
interface Prism {
  createInstance(
    config: object,
    components: object,
  ): {
    request(
      input: object,
      operations: unknown[],
      config: object,
    ): () => Promise<Either<{ output: PrismResponse; validations: { output: Diagnostic[] } }>>;
  };
  getHttpOperationsFromSpec(spec: object): Promise<unknown[]>;
}

/**
 * Prism's engine without its server, which would end on a name that is not Latin-1 and answer some faults in a shape
 * of its own.
 * @throws {Error} in one sentence, when Prism is not installed
 */
export async function createEngine(spec: object): Promise<Engine> {
  const { prism, mock } = load();
  const operations = await prism.getHttpOperationsFromSpec(structuredClone(spec));
  const config = { checkSecurity: true, validateRequest: true, validateResponse: true, errors: false, isProxy: false };
  // An example that was checked once needs no second check: it is the same each time.
  const checked = new Set<string>();
  const examples: PrismMock = ({ resource, input, config }) => {
    const { decide, settings } = config as unknown as MockSettings;
    const { status, example, ...given } = decide(resource.iid ?? "", input.validations.map(violation));
    const answer = mock({
      resource,
      input: { ...input, validations: [] },
      config: { dynamic: false, code: status, exampleKey: example, mediaTypes: ["application/json"] },
    });
    settings.answer = "body" in given ? undefined : `${resource.iid} ${status} ${example}`;
    settings.validateResponse = !(settings.answer && checked.has(settings.answer));
    return (logger) => {
      const result = answer(logger);
      return result._tag === "Right" && "body" in given
        ? { _tag: "Right", right: { ...result.right, body: given.body } }
        : result;
    };
  };
  const silent = Object.fromEntries(
    ["trace", "debug", "info", "warn", "error", "fatal", "success"].map((level) => [level, () => {}]),
  );
  const logger: object = { ...silent, child: () => logger };
  const instance = prism.createInstance(config, { logger, mock: examples });

  return {
    async handle({ path, query, ...rest }, decide) {
      const settings: Settings = { ...config };
      settings.mock = { decide, settings };
      const result = await instance.request({ ...rest, url: { path, query } }, operations, settings)();
      if (result._tag === "Left") {
        const { type = "", name, message } = result.left;
        if (/NO_(PATH|METHOD|RESOURCE|SERVER)/.test(type + name)) return undefined;
        throw new Error(`the mock has no such answer: ${message}`);
      }
      const { output, validations } = result.right;
      if (settings.answer && !validations.output.length) checked.add(settings.answer);
      const headers = Object.entries(output.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
      return {
        status: output.statusCode,
        headers: Object.fromEntries(headers),
        body: output.body,
        violations: validations.output.map(violation),
      };
    },
  };
}

function violation({ path = [], message, code }: Diagnostic): Violation {
  return { path: code === 401 ? ["security"] : path.map(String), message };
}

function load(): { prism: Prism; mock: PrismMock } {
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = require.resolve("@stoplight/prism-http");
  } catch {
    throw new Error("the mock needs Prism's engine: npm install --save-dev @stoplight/prism-http");
  }
  // Most of Prism's start is loading what invents values and what reads Postman collections. This mock answers examples of
  // one OpenAPI description, so these parts are left out while Prism loads, for this load only.
  const resolve = createRequire(entry).resolve;
  const invent = () => {
    throw new Error("the description has no example for this answer");
  };
  const parts = {
    "@faker-js/faker": { default: {} },
    "json-schema-faker": { JSONSchemaFaker: { extend() {}, option() {}, generate: invent } },
    "@stoplight/http-spec/postman/operation": {},
  };
  const left: string[] = [];
  for (const [name, exports] of Object.entries(parts)) {
    const filename = resolve(name);
    if (require.cache[filename]) continue;
    require.cache[filename] = { id: filename, filename, loaded: true, exports } as NodeJS.Module;
    left.push(filename);
  }
  try {
    return { prism: require(entry), mock: require("@stoplight/prism-http/dist/mocker").default };
  } finally {
    for (const filename of left) delete require.cache[filename];
  }
}
