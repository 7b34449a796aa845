/** How commands end and what they say, for errors that no server can be brought to cause at will. */
import {
  ApiError,
  AuthenticationError,
  ConnectionError,
  GeminiDBError,
  TimeoutError,
  ValidationError,
} from "geminidb-backup";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../generated/catalogue.js";
import { CredentialsError, UsageError } from "../../src/cli/errors.js";
import { exitCodes } from "../../src/cli/exit-codes.js";
import { endingFor, endingOfCall } from "../../src/cli/failure.js";
import { Interruption } from "../../src/cli/interrupt.js";
import { OutputError } from "../../src/cli/output.js";
import { endingForRotation, hintForFullAccount, hintForUnrecorded } from "../../src/cli/rotation-ending.js";
import {
  formattedPlan,
  formattedRotation,
  planSummary,
  possibilities,
  summary,
} from "../../src/cli/rotation-output.js";
import { LockedError, type Rotation, RotationError, type RotationFailure, StateError } from "../../src/rotate/index.js";

const api = (status: number, code?: string, outcome: "refused" | "unknown" = "refused") =>
  new ApiError("the service said no", {
    operation: "deleteManualBackup",
    status,
    code,
    retryable: false,
    body: { error_code: code, error_msg: "no" },
    response: new Response(),
    outcome,
  });

describe("an error", () => {
  it.each<[string, unknown, keyof typeof exitCodes]>([
    ["wrong usage", new UsageError("a"), "usage"],
    ["wrong input", new ValidationError("a", { issues: [] }), "usage"],
    ["no credentials", new CredentialsError("a"), "credentials"],
    ["standard output", new OutputError(Object.assign(new Error("a"), { code: "EPIPE" })), "usage"],
    ["a bug", new RangeError("a"), "refused"],
    ["a value that is no error", "a", "refused"],
    ["a refusal", api(400, "DBS.280015"), "refused"],
    ["what is gone", api(404, "DBS.201214"), "refused"],
    ["what is gone after a lost answer", api(404, "DBS.201214", "unknown"), "refused"],
    ["a token that is refused", api(401, "APIGW.0307"), "credentials"],
    ["a busy instance", api(403, "DBS.200019"), "tryLater"],
    ["a refusal after a lost answer", api(400, "DBS.280015", "unknown"), "unknown"],
    ["no token", new AuthenticationError("a"), "credentials"],
    ["no token after a lost answer", new AuthenticationError("a", { outcome: "unknown" }), "unknown"],
    ["no connection", new ConnectionError("a", { outcome: "not-sent" }), "tryLater"],
    ["a certificate that is not accepted", new ConnectionError("a", { outcome: "not-sent", permanent: true }), "usage"],
    [
      "a certificate that is not accepted any more, after a refusal",
      new ConnectionError("a", { outcome: "refused", permanent: true }),
      "tryLater",
    ],
    [
      "a certificate that is not accepted any more, after a lost answer",
      new ConnectionError("a", { outcome: "unknown", permanent: true }),
      "unknown",
    ],
    ["a lost answer", new ConnectionError("a", { outcome: "unknown" }), "unknown"],
    ["a token that came too late", new TimeoutError("a", { outcome: "not-sent" }), "tryLater"],
    ["an answer that came too late", new TimeoutError("a", { outcome: "unknown" }), "unknown"],
    ["any other of the client's", new GeminiDBError("a", { outcome: "not-sent" }), "refused"],
  ])("of %s", (_, error, code) => {
    expect(endingFor(error).code).toBe(exitCodes[code]);
  });
  it("that nobody foresaw says after a call that the request may have been carried out", () => {
    expect(endingOfCall(new RangeError("a"))).toEqual({ code: exitCodes.unknown, message: "a" });
    expect(endingOfCall(new CredentialsError("a")).code).toBe(exitCodes.credentials);
    expect(endingOfCall(api(400, "DBS.280015")).code).toBe(exitCodes.refused);
  });
  it("of a program with many lines is shown by the first", () => {
    expect(endingFor(new Error("one\ntwo")).message).toBe("one");
    expect(endingFor("one\ntwo").message).toBe("one");
  });
  it("of the input names flags", () => {
    const issue = (path: string, keyword: string) => ({ path, keyword, message: "must be other" });
    const issues = [
      issue("", "type"),
      issue("instance_id", "minLength"),
      issue("database_tables[0].database_name", "type"),
      issue("nmae", "additionalProperties"),
      issue("nmae", "unevaluatedProperties"),
      issue("database_tables[0].nmae", "additionalProperties"),
    ];
    const { message } = endingFor(new ValidationError("a", { issues }));
    expect(message).toBe(
      "the input must be other; --instance-id must be other; --database-tables[0].database_name must be other; " +
        "nmae in --body must be other; nmae in --body must be other; --database-tables[0].nmae must be other. Nothing was sent",
    );
  });
});

const empty: Rotation = { made: [], deleted: [], kept: [], unknown: [] };
const running = new AbortController().signal;

describe("a rotation that failed", () => {
  const failures: Record<string, Omit<RotationFailure, "backup">> = {
    unknown: { step: "create", error: new ConnectionError("a", { outcome: "unknown" }) },
    record: { step: "record", error: new StateError("the disk is full") },
    skipped: { step: "create", error: new StateError("the disk is full"), isSkipped: true },
    takenOver: { step: "create", error: new LockedError("another run", undefined), isSkipped: true },
    credentials: { step: "create", error: api(401, "APIGW.0307") },
    usage: { step: "create", error: new ValidationError("a", { issues: [] }) },
    refused: { step: "delete", error: api(400, "DBS.280015") },
    tryLater: { step: "create", error: api(403, "DBS.200019") },
  };
  const endingOf = (names: string[], signal = running) => {
    const all = names.flatMap((name) => (failures[name] ? [{ backup: name, ...failures[name] }] : []));
    expect(all).toHaveLength(names.length);
    return endingForRotation(new RotationError(all, empty), signal).code;
  };
  it.each<[string[], keyof typeof exitCodes]>([
    [["tryLater"], "tryLater"],
    [["tryLater", "refused"], "refused"],
    [["refused", "usage"], "usage"],
    [["usage", "credentials"], "credentials"],
    [["credentials", "unknown"], "unknown"],
    [["credentials", "record"], "unknown"],
    [["skipped"], "tryLater"],
    [["takenOver"], "tryLater"],
    [["skipped", "record"], "unknown"],
  ])("by %j ends with the code of the one that a person must look at first", (names, code) => {
    expect(endingOf(names)).toBe(exitCodes[code]);
    expect(endingOf(names.toReversed())).toBe(exitCodes[code]);
  });
  it("by a certificate that is not accepted is no wrong usage if the run has reached the service before", () => {
    const failure: RotationFailure = {
      step: "create",
      backup: "n-2",
      error: new ConnectionError("a", { outcome: "not-sent", permanent: true }),
    };
    const codeAfter = (rotation: Rotation) => endingForRotation(new RotationError([failure], rotation)).code;
    expect(codeAfter(empty)).toBe(exitCodes.usage);
    expect(codeAfter({ ...empty, deleted: made.made })).toBe(exitCodes.tryLater);
  });
  const made: Rotation = { ...empty, made: [{ name: "n-2", backup_id: "b", job_id: "j", since: "" }] };
  const deleting = (error: unknown) => ({ step: "delete" as const, backup: "n-1", error });
  it.each<[string, RotationFailure[], keyof typeof exitCodes]>([
    ["a busy instance", [deleting(api(403, "DBS.200019"))], "deleteLater"],
    ["an instance that is not available", [deleting(api(403, "DBS.201014"))], "deleteLater"],
    ["a refusal for good", [deleting(api(403, "DBS.280032"))], "refused"],
    [
      "a busy instance, and a refusal for good",
      [deleting(api(403, "DBS.200019")), deleting(api(403, "DBS.280032"))],
      "refused",
    ],
    ["a lost answer", [deleting(new ConnectionError("a", { outcome: "unknown" }))], "deleteLater"],
    [
      "a certificate that is not accepted any more",
      [deleting(new ConnectionError("a", { outcome: "not-sent", permanent: true }))],
      "deleteLater",
    ],
    ["a bug", [deleting(new RangeError("a"))], "deleteLater"],
    ["credentials", [deleting(api(401, "APIGW.0307"))], "credentials"],
    ["credentials, later", [deleting(api(403, "DBS.200019")), deleting(api(401, "APIGW.0307"))], "credentials"],
    ["a state that takes no decision", [{ ...deleting(new StateError("full")), isSkipped: true }], "deleteLater"],
    ["a backup that is not recorded", [{ step: "record", backup: "n-2", error: new StateError("full") }], "unknown"],
  ])("after a backup was made, by %s of a delete", (_, failures, code) => {
    expect(endingForRotation(new RotationError(failures, made))).toMatchObject({ code: exitCodes[code] });
  });
  it("ends with the more urgent code where standard output does not say what was done", () => {
    const busy = [deleting(api(403, "DBS.200019"))];
    const codeOf = (rotation: Rotation, isShown: boolean) =>
      endingForRotation(new RotationError(busy, rotation), running, isShown).code;
    expect([codeOf(made, true), codeOf(made, false)]).toEqual([5, 3]);
    const deleted = { ...empty, deleted: made.made };
    expect([codeOf(deleted, true), codeOf(deleted, false)]).toEqual([75, 3]);
    // Nothing was done that could be lost.
    expect([codeOf(empty, true), codeOf(empty, false)]).toEqual([75, 75]);
  });
  it("hints at a full account when the create may have met one, and says which backup can be deleted", () => {
    const [create] = catalogue.operations;
    if (!create?.state?.full) throw new Error("no operation has a full account");
    const full = api(400, create.state.full);
    const creating: RotationFailure = { step: "create", backup: "n-3", error: full };
    const kept = ["n-1", "n-2"].map((name) => ({ name, backup_id: name, since: "" }));
    const hint = (failures: RotationFailure[], backups: Rotation["kept"]) =>
      hintForFullAccount(new RotationError(failures, { ...empty, kept: backups }), create, { keep: 1 });
    expect(hint([creating], kept)).toContain("--delete-anyway");
    expect(hint([deleting(api(403, "DBS.200019")), creating], kept)).toContain("--delete-anyway");
    expect(hint([creating], kept.slice(1))).toMatch(
      /^If the quota is used up, delete a backup that this rotation did not make/,
    );
    const anyway = (rotation: Partial<Rotation>) =>
      hintForFullAccount(new RotationError([creating], { ...empty, kept, ...rotation }), create, {
        keep: 9,
        deleteAnyway: true,
      });
    expect(anyway({}), "nothing was beyond --keep").toMatch(
      /give a smaller --keep, once together with --delete-anyway/,
    );
    expect(anyway({ deleted: kept.slice(1) })).toBe("");
    expect(hint([deleting(full)], kept)).toBe("");
    expect(hint([{ ...creating, error: api(403, "DBS.200019") }], kept)).toBe("");
    expect(hint([{ ...creating, error: new StateError(create.state.full) }], kept)).toBe("");
    // A description that names no code for it says nothing of an error without one.
    const { full: _, ...state } = create.state;
    const refused = new RotationError([{ ...creating, error: api(502) }], { ...empty, kept });
    expect(hintForFullAccount(refused, { ...create, state }, { keep: 1 })).toBe("");
  });
  it("tells what the next run is to be told of a backup that was made, and not recorded", () => {
    const failed = (step: RotationFailure["step"], backup: string): RotationFailure => ({ step, backup, error: "any" });
    const hint = (...failures: RotationFailure[]) => hintForUnrecorded(new RotationError(failures, made));
    expect(hint(failed("record", "n-1"), failed("record", "n-2"))).toMatch(/^Tell the next run: --found n-2=\S+$/);
    expect(hint(failed("record", "n-1"), failed("delete", "n-2"))).toBe("");
  });
  it("says which sentence belongs to a delete, and has no full stop twice", () => {
    const failure = deleting(new Error("The instance is busy. Nothing was started."));
    expect(new RotationError([failure, failure], made).message).toBe(
      "n-1 was not deleted: The instance is busy. Nothing was started. n-1 was not deleted: The instance is busy. " +
        "Nothing was started. Only the delete failed: n-2 was made, and the next run repeats the delete",
    );
    expect(new RotationError([failure], empty).message).toBe(
      "n-1 was not deleted: The instance is busy. Nothing was started",
    );
    expect(endingForRotation(new StateError("It is damaged.")).message).toBe("It is damaged. Nothing was sent");
  });
  it("because it was interrupted ends with the code of the signal", () => {
    const interruption = new Interruption("SIGTERM");
    expect(endingOf(["unknown"], AbortSignal.abort(interruption))).toBe(143);
    expect(endingOf(["unknown"], AbortSignal.abort(new Error("else")))).toBe(3);
    const before = endingForRotation(interruption, AbortSignal.abort(interruption));
    expect(before).toEqual({ code: 143, message: "terminated. Nothing was sent" });
    expect(endingForRotation(new Interruption("SIGINT"), running)).toMatchObject({ code: 130 });
  });
  it("before it began says why", () => {
    const holder = { id: "1", pid: 1, host: "h", machine: "m", started: "", since: "" };
    expect(endingForRotation(new LockedError("it is locked", holder), running)).toEqual({
      code: 75,
      message: "it is locked",
    });
    expect(endingForRotation(new StateError("it is damaged"), running)).toEqual({
      code: 2,
      message: "it is damaged. Nothing was sent",
    });
    expect(endingForRotation(new UsageError("a"), running)).toEqual({ code: 2, message: "a" });
  });
});

describe("what a rotation did", () => {
  const [first, second] = ["2026-01-01T00:00:00.000Z", "2026-01-02T00:00:00.000Z"];
  const rotation: Rotation = {
    made: [{ name: "nightly-2", backup_id: "b2", job_id: "j", since: second }],
    deleted: [],
    kept: [{ name: "nightly-2", backup_id: "b2", since: second }],
    unknown: [{ name: "nightly-1x", since: first }],
  };
  it("is a table with straight columns", () => {
    expect(formattedRotation(rotation, "text")).toBe(
      [
        "status   name        backup_id  since",
        "made     nightly-2   b2         2026-01-02T00:00:00.000Z",
        "kept     nightly-2   b2         2026-01-02T00:00:00.000Z",
        "unknown  nightly-1x  -          2026-01-01T00:00:00.000Z",
      ].join("\n"),
    );
    const planned = formattedPlan({ ...empty, made: [{ name: "nightly-3" }] }, "text");
    expect(planned).toBe("status      name       backup_id  since\nwould make  nightly-3  -          -");
  });
  it("is JSON with the same lists", () => {
    expect(JSON.parse(formattedRotation(rotation, "json"))).toEqual(rotation);
  });
  it("is a sentence, and one for each backup that may exist", () => {
    expect(summary(rotation)).toBe("made nightly-2, deleted 0, kept 1, unknown 1");
    expect(summary(empty)).toBe("made none, deleted 0, kept 0, unknown 0");
    const made = [{ name: "nightly-3" }, { name: "nightly-4" }];
    expect(planSummary({ ...empty, made })).toBe(
      "would make nightly-3, nightly-4, delete 0 and keep 0 more; unknown 0",
    );
    expect(possibilities(rotation)).toEqual([
      `nightly-1x may have been made at ${first}; if so, it is billed. Look for it in the console, then run again with --found nightly-1x=ITS_ID, or --found nightly-1x=none`,
    ]);
  });
});
