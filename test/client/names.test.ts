import { describe, expect, it } from "vitest";
import { nearest, refuseUnknown, suggestion } from "../../src/client/names.js";

const allowed = ["timeout", "retries", "baseUrl", "region"];

describe("the nearest name", () => {
  it.each([
    ["timeuot", "timeout"], // two letters exchanged
    ["timeot", "timeout"], // one missing
    ["ttimeoutt", "timeout"], // two too many
    ["tomeout", "timeout"], // another one
    ["BASEURL", "baseUrl"],
    ["regoin", "region"],
    ["retires", "retries"],
    ["ergion", "region"], // the first two exchanged
    ["regino", "region"], // the last two
  ])("of %s is %s", (name, near) => {
    expect(nearest(name, allowed)).toBe(near);
    expect(suggestion(name, allowed)).toBe(`: did you mean ${near}?`);
  });
  // Three letters differ; a short name has fewer letters to differ in.
  it.each(["tmeuotx", "rein", "reg", "x", "", "authorization"])("of %j is none", (name) => {
    expect(nearest(name, allowed)).toBeUndefined();
    expect(suggestion(name, allowed)).toBe("");
  });
  it("is the one that differs least, wherever it stands", () => {
    expect(nearest("region2", ["region11", "region1"])).toBe("region1");
    expect(nearest("region2", ["region1", "region11"])).toBe("region1");
    expect(nearest("abc", ["abd"])).toBe("abd");
    expect(nearest("ab", ["ac"])).toBeUndefined();
    // Exchanged letters are one slip, and a word of four letters may have one.
    expect(nearest("prot", ["port"])).toBe("port");
    expect(nearest("prto", ["port"])).toBeUndefined();
  });
});

describe("an unknown name is refused", () => {
  it("with all that are known, if none is near", () => {
    expect(() => refuseUnknown("createClient", { colour: 1 }, ["timeout", "region"])).toThrow(
      new TypeError("createClient: option colour is not known. Known are timeout, region"),
    );
  });
  it("with the nearest", () => {
    expect(() => refuseUnknown("createClient", { timeot: 1 }, ["timeout", "region"])).toThrow(
      new TypeError("createClient: option timeot is not known: did you mean timeout?"),
    );
  });
  it.each([undefined, null, "x", 7])("and so is %j in place of an object", (given) => {
    expect(() => refuseUnknown("createClient", given, ["timeout"])).toThrow(
      new TypeError("createClient: the options must be an object"),
    );
  });
  it("and nothing else", () => {
    expect(() => refuseUnknown("createClient", { timeout: 1 }, ["timeout"])).not.toThrow();
  });
});
