import { expect, it } from "vitest";
import type { Spec } from "../../src/description/spec.js";
import { movedFailures, removedErrorCodes } from "../../src/release/broken-failures.js";

const example = (code: string) => ({ value: { error_code: code } });
const answers = (examples: object) => ({ responses: { 400: { content: { "application/json": { examples } } } } });
const described = (paths: object) => ({ paths, components: { examples: { busy: example("BUSY") } } }) as object as Spec;
const paths = {
  "/one": { post: answers({ busy: { $ref: "#/components/examples/busy" }, full: example("FULL") }) },
  "/two": { delete: answers({ busy: { $ref: "#/components/examples/busy" } }) },
};
const released = described(paths);

it("a code that one operation documents no more is told, though another one still does", () => {
  const now = described({ ...paths, "/one": { post: answers({ full: example("FULL") }) } });
  expect(removedErrorCodes(released, now)).toEqual([
    "POST /one: the error code BUSY with the status 400 is not documented any more.",
  ]);
});

it("another name of an example, and a code more, break nobody", () => {
  const examples = { waits: example("BUSY"), full: example("FULL"), more: example("MORE") };
  expect(removedErrorCodes(released, described({ ...paths, "/one": { post: answers(examples) } }))).toEqual([]);
});

it("a failure whose address now belongs to another status is told, since installed clients name it", () => {
  const conflict = { responses: { 409: { content: { "application/json": { examples: { busy: example("BUSY") } } } } } };
  const before = described({ "/one": { post: conflict } });
  const now = described({ "/one": { post: conflict }, "/two": { delete: answers({ busy: example("BUSY") }) } });
  expect(movedFailures(before, now)).toEqual([
    "busy with the status 409 has the address #busy-409. Before, it had #busy.",
  ]);
  expect(movedFailures(now, now)).toEqual([]);
  // What is gone as a whole is told by removedErrorCodes.
  expect(movedFailures(now, before)).toEqual([
    "busy with the status 409 has the address #busy. Before, it had #busy-409.",
  ]);
});
