import { ApiError, createClient, ignoreGone, isGone } from "geminidb-backup";
import { expect, it } from "vitest";
import { backup, clientOf } from "../support/calls.js";
import { failing, json, listen } from "../support/http.js";
import { documentedErrors } from "../support/transcript.js";

it("deletes what may be gone already, in one line", async () => {
  await using server = await listen((request, response) =>
    request.url.endsWith("gone")
      ? json(response, 400, { error_code: "DBS.201214", error_msg: "x" })
      : json(response, 202, { job_id: "j" }),
  );
  const client = createClient({ baseUrl: server.url, project_id: "p", auth: "a-token" });
  expect(await client.deleteManualBackup({ backup_id: "there" }).catch(ignoreGone)).toEqual({ job_id: "j" });
  expect(await client.deleteManualBackup({ backup_id: "gone" }).catch(ignoreGone)).toBeUndefined();
});

it.each(documentedErrors.filter(({ operations }) => operations !== "create"))(
  "of the documented codes, only that of a missing backup means gone: $status $code",
  async ({ status, code }) => {
    await using server = await listen((_, response) =>
      json(response, Number(status), { error_code: code, error_msg: "x" }),
    );
    const error = await failing(clientOf(server.url).deleteManualBackup({ backup_id: "b" }));
    expect(isGone(error)).toBe(code === "DBS.201214");
    if (code !== "DBS.201214") expect(() => ignoreGone(error)).toThrow(error);
  },
);

it("is told by the operation: a create finds nothing gone", async () => {
  await using server = await listen((_, response) => json(response, 400, { error_code: "DBS.201214", error_msg: "x" }));
  const error = await failing(clientOf(server.url).createManualBackup(backup));
  expect(ApiError.is(error)).toBe(true);
  expect(isGone(error)).toBe(false);
  for (const other of [undefined, null, "DBS.201214", new Error("x")]) expect(isGone(other)).toBe(false);
});
