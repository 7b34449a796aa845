import { describe, expect, it } from "vitest";
import { unannounced } from "../../src/release/compatibility.js";

describe("what changed since the last release", () => {
  const typo = { impact: "patch", message: "a typo" } as const;
  const longer = { impact: "minor", message: "one property more" } as const;
  const broken = { impact: "major", message: "the method is gone" } as const;
  const changes = [typo, longer, broken];

  it("is refused where callers break, unless a changeset says major", () => {
    for (const bump of ["none", "patch", "minor"] as const)
      expect(unannounced(changes, bump)).toContain("major: the method is gone");
    expect(unannounced(changes, "major")).toEqual([]);
  });
  it("is refused where callers may use or must look at it, unless a changeset says minor", () => {
    for (const bump of ["none", "patch"] as const)
      expect(unannounced(changes, bump)).toEqual(["minor: one property more", "major: the method is gone"]);
    expect(unannounced([typo, longer], "minor")).toEqual([]);
  });
  it("needs no changeset where nobody notices", () => {
    expect(unannounced([typo], "none")).toEqual([]);
  });
});
