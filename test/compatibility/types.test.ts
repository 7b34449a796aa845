import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { readBaseline } from "../../src/release/baseline.js";
import { brokenTypes } from "../../src/release/broken-types.js";

const baseline = await readBaseline();

describe("a change of the public types", () => {
  const refused: TypeChange[] = [
    ["a region is gone", "index", ' | "eu-west-101"', "", 'Region has no "eu-west-101" any more.'],
    [
      "an option takes one kind of value less",
      "index",
      "type Auth = string | TokenProvider | Signer;",
      "type Auth = string | TokenProvider;",
      "Auth has no Signer any more.",
    ],
    [
      "an option is gone",
      "index",
      "allowInsecure?: boolean | undefined;",
      "",
      "ClientOptions has no member allowInsecure any more.",
    ],
    [
      "an option is required",
      "index",
      "allowInsecure?: boolean",
      "allowInsecure: boolean",
      "ClientOptions requires the member allowInsecure.",
    ],
    [
      "a function is not exported",
      "index",
      "export declare function isGone",
      "declare function isGone",
      "isGone is no longer exported.",
    ],
    [
      "an error says less",
      "index",
      "readonly retryable: boolean;",
      "",
      "ApiError no longer fits everywhere it did before.",
    ],
    [
      "a response may lack its ID",
      "index",
      "job_id: string",
      "job_id?: string",
      "ProjectClient has another type of createManualBackup.",
    ],
    [
      "a record says less",
      "mock",
      "readonly bodySize: number;",
      "",
      "RecordedRequest has no member bodySize any more.",
    ],
    [
      "a method takes less",
      "mock",
      "respond(operationId: OperationId, ",
      'respond(operationId: "createManualBackup", ',
      "Mock has another type of respond.",
    ],
    [
      "a method of what callers may bring takes less",
      "rotate",
      "write(text: string)",
      "write(text: string & { readonly brand: true })",
      "RotationStore has another type of write.",
    ],
    [
      "what callers bring is given more kinds of values",
      "index",
      "body: string | null;",
      "body: string | Uint8Array | null;",
      "ClientOptions has another type of auth.",
    ],
    [
      "what callers bring is given another type",
      "index",
      "    method: string;\n    url: string;\n    /** The headers of the request, without",
      "    method: string;\n    url: string | URL;\n    /** The headers of the request, without",
      "ClientOptions has another type of auth.",
    ],
    [
      "a reply needs more",
      "mock",
      "readonly html?: boolean",
      "readonly html: boolean",
      "Reply requires the member html.",
    ],
    [
      "a function takes no options any more",
      "mock",
      "createMock(options?: MockOptions)",
      "createMock()",
      "createMock no longer takes what it took.",
    ],
    [
      "an asynchronous function takes no options any more",
      "mock",
      "startMock(options?: ServerOptions)",
      "startMock()",
      "startMock no longer takes what it took.",
    ],
    [
      "credentials take no options any more",
      "index",
      "instanceCredentials(options?: InstanceCredentialsOptions)",
      "instanceCredentials()",
      "instanceCredentials no longer takes what it took.",
    ],
    [
      "an argument must be given",
      "index",
      "fromEnvironment(env?: Environment)",
      "fromEnvironment(env: Environment | undefined)",
      "fromEnvironment no longer takes what it took.",
    ],
    [
      "the methods take no options any more",
      "index",
      /, options\?: CallOptions\)/g,
      ")",
      "ProjectClient has another type of createManualBackup.",
    ],
    [
      "a generic function needs one argument more",
      "index",
      "NoOtherThan<ClientOptions, Options>): Client",
      "NoOtherThan<ClientOptions, Options>, more: string): Client",
      "createClient no longer takes what it took.",
    ],
    [
      "a function of a record takes less",
      "mock",
      "input: string | URL | Request, init?: RequestInit",
      "input: string | URL | Request",
      "Mock has another type of fetch.",
    ],
    [
      "what callers bring is given a function that takes less",
      "index",
      "fetch: (url: string, init?: RequestInit)",
      "fetch: (url: string)",
      "TokenContext has another type of fetch.",
    ],
    [
      "a method takes one in place of several",
      "mock",
      "...replies: Reply[]",
      "reply: Reply",
      "Mock has another type of respond.",
    ],
    [
      "a rotation cannot be ended any more",
      "rotate",
      /signal\?: AbortSignal \| undefined;/g,
      "",
      "RotateOptions has no member signal any more.",
    ],
    [
      "the constructor of an error needs more",
      "index",
      "context: ErrorContext & {\n        status: number;",
      "context: ErrorContext & {\n        more: number;\n        status: number;",
      "UnexpectedResponseError no longer takes what it took.",
    ],
    [
      "the constructor of an error takes less",
      "index",
      "constructor(message: string, context?: ErrorContext);",
      "constructor(message: string);",
      "GeminiDBError no longer takes what it took.",
    ],
    [
      "the constructor of an error knows one property less",
      "index",
      /(interface ErrorContext \{[^}]*?)outcome\?: Outcome[^;]*;/,
      "$1",
      "GeminiDBError no longer takes what it took.",
    ],
  ];
  const allowed: TypeChange[] = [
    ["nothing", "index", "", ""],
    ["nothing", "mock", "", ""],
    ["nothing", "rotate", "", ""],
    [
      "a method takes more",
      "mock",
      "respond(operationId: OperationId, ",
      "respond(operationId: OperationId | symbol, ",
    ],
    ["one region more", "index", ' | "eu-west-101"', ' | "eu-west-101" | "eu-west-102"'],
    ["a path has one method more", "index", "get?: never;", 'get: operations["deleteManualBackup"];'],
    ["one option more", "index", "allowInsecure?: boolean", "more?: boolean; allowInsecure?: boolean"],
    ["a record says more", "mock", "readonly bodySize: number;", "readonly bodySize: number; readonly more: number;"],
    [
      "a function takes more",
      "mock",
      "createMock(options?: MockOptions)",
      "createMock(options?: MockOptions | string)",
    ],
    [
      "a function may be given one argument more",
      "mock",
      "createMock(options?: MockOptions)",
      "createMock(options?: MockOptions, more?: string)",
    ],
    [
      "a generic function may be given one argument more",
      "index",
      "NoOtherThan<ClientOptions, Options>): Client",
      "NoOtherThan<ClientOptions, Options>, more?: string): Client",
    ],
    ["an argument may be missing", "rotate", "fileStore(path: string)", "fileStore(path?: string)"],
    ["a method takes a list that it does not change", "mock", "...replies: Reply[]", "...replies: readonly Reply[]"],
    [
      "an overload more",
      "mock",
      /(createMock\()(options\?: MockOptions\): Mock;)/,
      "$1more: string): Mock;\nexport declare function createMock($2",
    ],
    [
      "the constructor of an error knows one property more",
      "index",
      "interface ErrorContext {",
      "interface ErrorContext {\n    more?: string;",
    ],
    [
      "what callers bring is given one argument more",
      "index",
      "type Fetch = (request: Request)",
      "type Fetch = (request: Request, more: string)",
    ],
    [
      "a hook is given one argument more",
      "index",
      "((event: RetryEvent) => unknown)",
      "((event: RetryEvent, more: string) => unknown)",
    ],
  ];
  const faults = new Map<string, string[]>();
  // One program reads all changes of an entry, because each program costs seconds.
  beforeAll(async () => {
    for (const entry of ["index", "mock", "rotate"]) {
      const before = await readFile(baseline.path(`${entry}.d.ts`), "utf8");
      const changes = [...refused, ...allowed].filter(([, of]) => of === entry);
      const texts = changes.map(([name, , from, to]) => {
        const changed = before.replace(from, to);
        if (changed === before && from !== to) throw new Error(`${name}: the types of the last release lack ${from}`);
        return changed;
      });
      for (const [index, list] of brokenTypes(entry, before, texts).entries()) {
        faults.set(`${entry}: ${changes[index]?.[0]}`, list);
      }
    }
  });

  it.each(refused)("is refused: %s", (name, entry, _from, _to, sentence) => {
    expect(faults.get(`${entry}: ${name}`)).toContain(`${entry}: ${sentence}`);
  });
  it.each(allowed)("is allowed: %s, of %s", (name, entry) => {
    expect(faults.get(`${entry}: ${name}`)).toEqual([]);
  });
});

/** A name for it, the entry, what is replaced by what, and the sentence that refuses it. */
type TypeChange = [name: string, entry: string, from: string | RegExp, to: string, sentence?: string];
