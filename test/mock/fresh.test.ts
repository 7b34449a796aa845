import { expect, it } from "vitest";
import { freshBody, freshText } from "../../src/mock/fresh.js";

it.each(["f85104b5-4a9c-4e0f-9505-fc5409d8f7ae", "7f3a1c5e9b2d4860a1f4c7e29d0b6358", "0123456789abcdef"])(
  "another ID of the form of %s",
  (id) => {
    const fresh = freshText(id);
    expect(fresh).not.toBe(id);
    expect(fresh.replace(/[0-9a-f]/g, "x")).toBe(id.replace(/[0-9a-f]/g, "x"));
  },
);

it("what follows an ID stays, such as the mark of the engine", () => {
  expect(freshText("646d88d0b03f4fd2ae944ae2a33bcb6ain06")).toMatch(/^(?!646d88d0)[0-9a-f]{32}in06$/);
});

it("what is no random ID stays: dates, numbers, words", () => {
  const body = {
    created: "2026-11-25T09:30:00+0000",
    size: 1024,
    port: "1000",
    state: "deadbeef",
    tags: ["0123"],
    word: "0123456789abcde",
    joined: "12345678-1234-1234-1234-12345678901",
    parts: "1234-1234-1234-1234-123456789012",
    letters: "nothing-here-that-would-look-likeanid",
  };
  expect(freshBody(body)).toEqual(body);
});

it("a response without a body has none", () => {
  expect(freshBody(undefined)).toBeUndefined();
});
