import { expect, it } from "vitest";
import { withNotes } from "../../src/release/changelog.js";

const changelog = "# Changelog\n\n## 1.0.0\n\nFirst version.\n";

it("what changes before the first release is told at the end of its section", () => {
  expect(withNotes(changelog, "1.0.0", ["Names are shorter.", "One.\n\nTwo."])).toBe(
    `${changelog}\n- Names are shorter.\n- One.\n\n  Two.\n`,
  );
  expect(withNotes(`${changelog}\n## 0.9.0\n\nOlder.\n`, "1.0.0", ["More."])).toBe(
    `${changelog}\n- More.\n\n## 0.9.0\n\nOlder.\n`,
  );
});

it("without changes, it stays as it is", () => {
  expect(withNotes(changelog, "1.0.0", [])).toBe(changelog);
});

it("a version without a section is refused", () => {
  expect(() => withNotes(changelog, "2.0.0", [])).toThrow('CHANGELOG.md has no section "## 2.0.0".');
});
