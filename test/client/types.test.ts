import {
  ApiError,
  AuthenticationError,
  type Client,
  type ClientOptions,
  ConnectionError,
  createClient,
  type ErrorCode,
  GeminiDBError,
  isGone,
  type Outcome,
  type ProjectClient,
  type Raw,
  type Region,
  TimeoutError,
} from "geminidb-backup";
import { expect, expectTypeOf, it } from "vitest";

const fetch = async () => new Response();
const options = { region: "ap-southeast-1", auth: "a-token", fetch } as const;
const client = createClient({ ...options, project_id: "p" });
const bare = createClient(options);

const create = client.createManualBackup;
const remove = client.deleteManualBackup;
const path = { instance_id: "i" };
const body = { name: "nightly", description: "" };
const tables = (database_tables: never[]) => ({ ...path, ...body, database_tables });

// Compiled by `npm run typecheck`; the calls themselves are never made.
it("knows what a call takes and gives", () => {
  const calls = () => [
    create({ ...path, ...body }),
    create({ ...path, ...body, database_tables: null }),
    create({ ...path, ...body, database_tables: [{ database_name: "d", table_names: null }] }),
    create({ ...path, ...body, project_id: "other" }, { timeout: 5, retries: 0, signal: AbortSignal.abort() }),
    create(tables([])),
    remove({ backup_id: "b" }),
    bare.deleteManualBackup({ project_id: "p", backup_id: "b" }),
    // @ts-expect-error project_id is missing, and the client has none
    bare.deleteManualBackup({ backup_id: "b" }),
    // @ts-expect-error description is missing
    create({ ...path, name: "nightly" }),
    // @ts-expect-error instance_id is missing
    create({ ...body }),
    // @ts-expect-error not a key
    create({ ...path, ...body, other: 1 }),
    // @ts-expect-error not a text
    create({ ...path, ...body, name: 1 }),
    // @ts-expect-error not a list of objects
    create({ ...path, ...body, database_tables: ["d"] }),
    // @ts-expect-error not a list of texts
    create({ ...path, ...body, database_tables: [{ database_name: "d", table_names: [1] }] }),
    // @ts-expect-error not an operation
    client.notAnOperation({}),
    // @ts-expect-error nothing given
    remove(),
    // @ts-expect-error not a path
    client.raw.DELETE("/v3/{project_id}/backup", {}),
    // @ts-expect-error not an option
    createClient({ ...options, retires: 1 }).raw,
    // @ts-expect-error no client forgets its credentials
    createClient({ region: "cn-north-4" }).raw,
  ];
  expectTypeOf(calls).toBeFunction();
  expectTypeOf(client.createManualBackup).returns.resolves.toEqualTypeOf<{ job_id: string; backup_id: string }>();
  expectTypeOf(client.deleteManualBackup).returns.resolves.toEqualTypeOf<{ job_id: string }>();
  expectTypeOf<"DBS.201214">().toExtend<ErrorCode>();
  expectTypeOf<"DBS.000000">().not.toExtend<ErrorCode>();
  expectTypeOf<"eu-west-101">().toExtend<Region>();
  expectTypeOf<ApiError["code"]>().toExtend<string | undefined>();
  expectTypeOf<"DBS.999999">().toExtend<ApiError["code"]>();
  expectTypeOf<{ region: "new-region-1"; auth: undefined }>().toExtend<Parameters<typeof createClient>[0]>();
});

it("gives raw the documented bodies", () => {
  const call = async () => {
    const { data, error } = await client.raw.DELETE("/v3/{project_id}/backups/{backup_id}", {
      params: { path: { project_id: "p", backup_id: "b" } },
    });
    expectTypeOf(data).toEqualTypeOf<{ job_id: string } | undefined>();
    expectTypeOf(error?.error_code).toEqualTypeOf<string | undefined>();
    expectTypeOf(client.raw).toEqualTypeOf<Raw>();
  };
  expectTypeOf(call).toBeFunction();
});

it("promises a project only where there is one for sure", () => {
  const calls = (sometimes: boolean, maybe: string | undefined, options: ClientOptions) => {
    const either = createClient(
      sometimes ? { region: "ap-southeast-1", auth: "t", project_id: "p" } : { region: "ap-southeast-1", auth: "t" },
    );
    // @ts-expect-error project_id is missing: only one of the two clients has a project
    either.deleteManualBackup({ backup_id: "b" });
    const undecided = createClient({ region: "ap-southeast-1", auth: "t", project_id: maybe });
    // @ts-expect-error project_id is missing: the client's may be undefined
    undecided.deleteManualBackup({ backup_id: "b" });
    const variable: ReturnType<typeof createClient> = createClient(options);
    return variable.deleteManualBackup({ backup_id: "b", project_id: "p" });
  };
  const inject = (injected: ProjectClient) => injected.deleteManualBackup({ backup_id: "b" });
  expectTypeOf(calls).toBeFunction();
  expectTypeOf(inject).parameter(0).toEqualTypeOf<Client<"project_id">>();
  expectTypeOf(client).toExtend<ProjectClient>();
  expectTypeOf<ProjectClient>().toExtend<Client>();
});

it("tells the kinds of errors apart, whichever is asked for first", () => {
  const kinds = (error: unknown) => {
    if (!GeminiDBError.is(error)) return "other";
    if (AuthenticationError.is(error)) return error.name;
    if (TimeoutError.is(error)) return error.name;
    if (!ApiError.is(error)) return error.message;
    if (isGone(error)) return error.code satisfies string;
    return error.code ?? error.status;
  };
  expect(kinds(new Error("x"))).toBe("other");
  expect(kinds(new TimeoutError("late"))).toBe("TimeoutError");
  expect(kinds(new ConnectionError("lost"))).toBe("lost");
});

it("takes undefined for what may be absent, and read-only arrays", () => {
  const names: readonly string[] = ["a"];
  const calls = (maybe: { database_name: string }[] | undefined, signal: AbortSignal | undefined) => [
    create({ ...path, ...body, database_tables: maybe }, { signal, timeout: undefined }),
    create({ ...path, ...body, database_tables: [{ database_name: "d", table_names: names }] as const }),
    create({ ...path, ...body, database_tables: [{ database_name: "d", table_names: undefined }] }),
    // @ts-expect-error a mandatory field is not undefined
    create({ ...path, ...body, name: undefined }),
  ];
  expectTypeOf(calls).toBeFunction();
  expectTypeOf<GeminiDBError["outcome"]>().toEqualTypeOf<Outcome>();
});
