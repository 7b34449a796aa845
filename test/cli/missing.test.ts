/** Whoever calls a command for the first time is told at once what is missing. */
import { describe, expect, it } from "vitest";
import { command } from "./command.js";

const environment =
  "missing in the environment: the region (HUAWEICLOUD_SDK_REGION or HW_REGION_NAME or OS_REGION_NAME); the project ID (HUAWEICLOUD_SDK_PROJECT_ID or HW_PROJECT_ID or OS_PROJECT_ID). Set them, or give --region or --base-url, and --project-id";
const nothing = { HUAWEICLOUD_SDK_PROJECT_ID: "", OS_TOKEN: "" };

describe("a command without anything names all that it needs at once:", () => {
  it("create", async () => {
    const { code, stderr } = await command("", ["create"], nothing);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `geminidb-backup: ${environment}. --instance-id is missing; --name is missing; --description is missing. Nothing was sent\n`,
    );
  });
  it("delete", async () => {
    const { code, stderr } = await command("", ["delete"], nothing);
    expect([code, stderr]).toEqual([2, `geminidb-backup: ${environment}. --backup-id is missing. Nothing was sent\n`]);
  });
  it("rotate", async () => {
    const { code, stderr } = await command("", ["rotate", "--keep", "2"], nothing);
    expect([code, stderr]).toEqual([
      2,
      `geminidb-backup: ${environment}. Missing: --instance-id, --name-prefix, --state. --help explains them\n`,
    ]);
  });
});

it("what is there is not named as missing", async () => {
  const { code, stderr } = await command("", ["delete", "--backup-id", "b", "--project-id", "p"], nothing);
  const region = "the region (HUAWEICLOUD_SDK_REGION or HW_REGION_NAME or OS_REGION_NAME)";
  expect([code, stderr]).toEqual([
    2,
    `geminidb-backup: missing in the environment: ${region}. Set it, or give --region or --base-url\n`,
  ]);
});
