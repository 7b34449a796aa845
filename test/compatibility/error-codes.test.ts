import { expect, it } from "vitest";
import { removedErrorCodes } from "../../src/release/error-codes.js";

const example = (code: string) => ({ value: { error_code: code } });
const answers = (examples: object) => ({ responses: { 400: { content: { "application/json": { examples } } } } });
const released = {
  paths: {
    "/one": { post: answers({ busy: { $ref: "#/components/examples/busy" }, full: example("FULL") }) },
    "/two": { delete: answers({ busy: { $ref: "#/components/examples/busy" } }) },
  },
  components: { examples: { busy: example("BUSY") } },
};

it("a code that one operation documents no more is told, though another one still does", () => {
  const paths = { ...released.paths, "/one": { post: answers({ full: example("FULL") }) } };
  expect(removedErrorCodes(released, { ...released, paths })).toEqual([
    "POST /one: the error code BUSY is not documented any more.",
  ]);
});

it("another name of an example, and a code more, break nobody", () => {
  const examples = { waits: example("BUSY"), full: example("FULL"), more: example("MORE") };
  const paths = { ...released.paths, "/one": { post: answers(examples) } };
  expect(removedErrorCodes(released, { ...released, paths })).toEqual([]);
});
