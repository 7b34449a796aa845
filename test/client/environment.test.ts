import { createClient, fromEnvironment } from "geminidb-backup";
import { describe, expect, it, vi } from "vitest";
import { backup, clientOf } from "../support/calls.js";
import { accepting } from "../support/credentials.js";
import type { Received } from "../support/http.js";

describe("fromEnvironment", () => {
  const place = { HUAWEICLOUD_SDK_PROJECT_ID: "p", HUAWEICLOUD_SDK_REGION: "ap-southeast-1" };
  const headersOf = async (env: Record<string, string>) => {
    await using api = await accepting();
    await createClient({ ...fromEnvironment(env), baseUrl: api.url }).createManualBackup(backup);
    return (api.received[0] as Received).headers;
  };
  it.each([
    [
      { ...place, HUAWEICLOUD_SDK_AK: "sdk", HUAWEICLOUD_SDK_SK: "s", HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s" },
      /Access=sdk,/,
    ],
    [{ HW_PROJECT_ID: "p", HW_REGION_NAME: "ap-southeast-1", HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s" }, /Access=tf,/],
    [{ ...place, OS_TOKEN: "os-token", HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s" }, /Access=tf,/],
    [{ ...place, HUAWEICLOUD_SDK_AK: "half", HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s" }, /Access=tf,/],
  ])("signs with the first keys that are set: %j", async (env, expected) => {
    expect((await headersOf(env)).authorization).toMatch(expected);
  });
  it("takes a token, temporary keys, and the names of OpenStack", async () => {
    const env = { OS_TOKEN: "os-token", OS_PROJECT_ID: "p", OS_REGION_NAME: "ap-southeast-1" };
    expect((await headersOf(env))["x-auth-token"]).toBe("os-token");
    const temporary = { ...place, HW_ACCESS_KEY: "tf", HW_SECRET_KEY: "s", HW_SECURITY_TOKEN: "temporary" };
    expect((await headersOf(temporary))["x-security-token"]).toBe("temporary");
    expect(fromEnvironment(env)).toMatchObject({ region: "ap-southeast-1", project_id: "p" });
  });
  it.each([
    [
      "HUAWEICLOUD_SDK_AK",
      "the secret access key (HUAWEICLOUD_SDK_SK) that belongs to the access key (HUAWEICLOUD_SDK_AK)",
    ],
    ["HUAWEICLOUD_SDK_REGION", "the region (HUAWEICLOUD_SDK_REGION or HW_REGION_NAME or OS_REGION_NAME)"],
    ["HUAWEICLOUD_SDK_PROJECT_ID", "the project ID (HUAWEICLOUD_SDK_PROJECT_ID or HW_PROJECT_ID or OS_PROJECT_ID)"],
  ])("names what is missing beside %s, and nothing else", (name, missing) => {
    const env: Record<string, string> = {
      HUAWEICLOUD_SDK_AK: "ak",
      HUAWEICLOUD_SDK_SK: "sk",
      HUAWEICLOUD_SDK_PROJECT_ID: "p",
      HUAWEICLOUD_SDK_REGION: "ap-southeast-1",
    };
    delete env[name === "HUAWEICLOUD_SDK_AK" ? "HUAWEICLOUD_SDK_SK" : name];
    expect(() => fromEnvironment(env)).toThrow(`fromEnvironment: missing in the environment: ${missing}`);
    expect(() => fromEnvironment(env)).not.toThrow(/; /);
  });
  it("names the variables whose keys cannot be used, and shows none of them", () => {
    const env = {
      HW_ACCESS_KEY: "ak",
      HW_SECRET_KEY: "planted secret",
      HW_PROJECT_ID: "p",
      HW_REGION_NAME: "ap-southeast-1",
    };
    expect(() => fromEnvironment(env)).toThrow(
      /^HW_ACCESS_KEY and HW_SECRET_KEY: accessKey: sk must be a text without/,
    );
    expect(() => fromEnvironment(env)).not.toThrow(/planted/);
  });
  it("names the variable of a token that no header can hold, and does not show it", () => {
    expect(() => fromEnvironment({ ...place, OS_TOKEN: "planted token" })).toThrow(/^OS_TOKEN must be a text without/);
    expect(() => fromEnvironment({ ...place, OS_TOKEN: "planted token" })).not.toThrow(/planted/);
  });
  it("names the variable of a security token that cannot be used", () => {
    const env = { ...place, HW_ACCESS_KEY: "ak", HW_SECRET_KEY: "sk", HW_SECURITY_TOKEN: "planted token" };
    expect(() => fromEnvironment(env)).toThrow(
      /^HW_ACCESS_KEY and HW_SECRET_KEY and HW_SECURITY_TOKEN: .*securityToken must/,
    );
    expect(() => fromEnvironment(env)).not.toThrow(/planted/);
  });
  it("may be given as auth, too", async () => {
    await using api = await accepting();
    await clientOf(api.url, { auth: fromEnvironment({ ...place, OS_TOKEN: "os-token" }) }).createManualBackup(backup);
    expect(api.received[0]?.headers["x-auth-token"]).toBe("os-token");
  });
  it.each([
    [
      {},
      [
        /HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or HW_ACCESS_KEY/,
        /OS_TOKEN/,
        /HUAWEICLOUD_SDK_PROJECT_ID/,
        /HUAWEICLOUD_SDK_REGION/,
      ],
    ],
    [{ ...place, HW_ACCESS_KEY: "planted-ak" }, [/HW_SECRET_KEY.*belongs to the access key \(HW_ACCESS_KEY\)/]],
    [{ ...place, HW_SECRET_KEY: "planted-sk" }, [/HW_ACCESS_KEY.*belongs to the secret access key \(HW_SECRET_KEY\)/]],
    [{ OS_TOKEN: "t", HUAWEICLOUD_SDK_REGION: "" }, [/HUAWEICLOUD_SDK_PROJECT_ID/, /HUAWEICLOUD_SDK_REGION/]],
  ])("names everything that is missing in one error: %j", (env, messages) => {
    for (const message of messages) expect(() => fromEnvironment(env)).toThrow(message);
    expect(() => fromEnvironment(env)).not.toThrow(/planted/);
  });
  it("reads the environment of the process by default, which browsers do not have", () => {
    vi.stubEnv("HUAWEICLOUD_SDK_REGION", "eu-west-101");
    vi.stubEnv("HUAWEICLOUD_SDK_PROJECT_ID", "my-project");
    vi.stubEnv("HUAWEICLOUD_SDK_AK", "my-key");
    vi.stubEnv("HUAWEICLOUD_SDK_SK", "my-secret");
    try {
      expect(fromEnvironment()).toMatchObject({ region: "eu-west-101", project_id: "my-project" });
      vi.stubGlobal("process", undefined);
      expect(() => fromEnvironment()).toThrow(/fromEnvironment: missing in the environment/);
    } finally {
      vi.unstubAllGlobals();
      vi.unstubAllEnvs();
    }
  });
});
