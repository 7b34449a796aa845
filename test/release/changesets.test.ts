import { describe, expect, it } from "vitest";
import { readChangeset } from "../../src/release/changesets.js";

const bumpOf = (front: string) => readChangeset("some.md", `---\n${front}---\n\nWhat changed.\n`).bump;

describe("a changeset", () => {
  it("asks for the bump that it names, and for the largest of several", () => {
    expect(bumpOf('"geminidb-backup": minor\n')).toBe("minor");
    expect(bumpOf("one: patch\nother: major\nthird: minor\n")).toBe("major");
  });
  it("that is empty, as `npx changeset --empty` writes it, needs no release", () => {
    expect(readChangeset("some.md", "---\n---\n\n\n")).toMatchObject({ bump: "none", summary: "" });
  });
  it("has the line for the changelog below its dashes, which may hold dashes itself", () => {
    const { summary } = readChangeset("some.md", "---\na: patch\n---\n\nOne.\n\n---\n\nTwo.\n");
    expect(summary).toBe("One.\n\n---\n\nTwo.");
  });
  it("is refused with a bump that does not exist", () => {
    expect(() => bumpOf("one: patch\nother: huge\n")).toThrow(
      '.changeset/some.md has the bump "huge": it must be none, patch, minor, major.',
    );
  });
});
