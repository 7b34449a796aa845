/** What the mock takes for a credential, and where it looks for it. That nothing else shows one is in record.test.ts. */
import { describe, expect, it } from "vitest";
import { Redactor } from "../../src/mock/secrets.js";

const shown = (value: string, text: string) => new Redactor({ "x-auth-token": value }, "/").text(text);

describe("a credential is redacted in a text", () => {
  it("from eight characters on: shorter ones also occur by chance", () => {
    expect(shown("12345678", "it is 12345678.")).toBe("it is [redacted].");
    expect(shown("1234567", "it is 1234567.")).toBe("it is 1234567.");
  });
  it("but not the name of the scheme, which everybody knows", () => {
    const authorization = "SDK-HMAC-SHA256 Access=planted-access, SignedHeaders=host, Signature=0123456789abcdef";
    const redactor = new Redactor({ authorization }, "/");
    expect(redactor.text("SDK-HMAC-SHA256 with planted-access and 0123456789abcdef")).toBe(
      "SDK-HMAC-SHA256 with [redacted] and [redacted]",
    );
  });
  it("of Basic as its user and its password as well, wherever the colon stands", () => {
    const basic = `Basic ${Buffer.from("planted-user:planted:password").toString("base64")}`;
    const redactor = new Redactor({ authorization: basic }, "/");
    expect(redactor.text(`planted-user planted:password ${basic}`)).toBe("[redacted] [redacted] [redacted]");
  });
  it("as a whole, where another one is its beginning", () => {
    expect(shown("planted-1; planted-1-and-more", "planted-1-and-more, planted-1")).toBe("[redacted], [redacted]");
  });
  it("also as a part, and as a URL has it", () => {
    const text = "planted/one planted%2Fone planted=two two=planted";
    expect(shown("planted/one,  name=planted=two", text)).toBe("[redacted] [redacted] [redacted] two=planted");
  });
  it("when it came in the query, too", () => {
    const redactor = new Redactor({}, "/v3?name=harmless-name&x-auth-token=planted-token&api_key=planted%20key");
    expect(redactor.text("harmless-name planted-token planted key planted%20key")).toBe(
      "harmless-name [redacted] [redacted] [redacted]",
    );
  });
  it("when it came in a header of any name that says so, and in no other", () => {
    const redactor = new Redactor({ "x-my-secret": "planted-secret", accept: "application/json" }, "/v3");
    expect(redactor.text("planted-secret application/json")).toBe("[redacted] application/json");
    expect(redactor.values({ a: "planted-secret", b: "application/json" })).toEqual({
      a: "[redacted]",
      b: "application/json",
    });
  });
  it("the whole value of a header, however many words a cookie has", () => {
    const cookie = Array.from({ length: 200 }, (_, index) => `${index}`.padEnd(35, "c")).join(";");
    expect(new Redactor({ cookie, "x-auth-token": "planted-token" }, "/").text("a planted-token")).toBe("a [redacted]");
  });
  it("the longest hundred, where there are more", () => {
    const words = Array.from({ length: 200 }, (_, index) => "w".repeat(10 + index));
    const redactor = new Redactor({ cookie: words.join(";") }, "/");
    // The cookie as a whole is two of them: as it came, and as a URL has it.
    for (const word of [words[199], words[102]]) expect(redactor.text(`a ${word} b`)).toBe("a [redacted] b");
    expect(redactor.text(`a ${words[101]} b`)).toBe(`a ${words[101]} b`);
  });
});

describe("the target of a request", () => {
  it.each([
    ["/v3/p", "/v3/p"],
    ["/v3/p?", "/v3/p?"],
    ["/v3/p?x-auth-token=abc&a=b", "/v3/p?x-auth-token=[redacted]&a=b"],
    [
      "/v3/planted-token?x-auth-token=planted-token&again=planted-token",
      "/v3/[redacted]?x-auth-token=[redacted]&again=[redacted]",
    ],
    ["?token=a", "?token=[redacted]"],
  ])("%s is shown as %s", (target, expected) => {
    expect(new Redactor({}, target).target(target)).toBe(expected);
  });
});

it("the beginning of a text has no beginning of a credential", () => {
  const redactor = new Redactor({ "x-auth-token": "planted-0123456789" }, "/");
  expect(redactor.beginning("12345 planted-0123456789 and on", 12)).toBe("12345 [redac");
  expect(redactor.beginning("12345", 12)).toBe("12345");
  const escaped = [..."planted-0123456789"].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  for (let length = 30; length <= 6 * 18; length++) {
    expect(redactor.beginning(`${escaped.join("")} and on`, length)).not.toMatch(/plan|u006c/);
  }
  expect(new Redactor({}, "/").beginning("123456", 4)).toBe("1234");
});
