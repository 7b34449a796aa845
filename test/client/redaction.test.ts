import { inspect } from "node:util";
import fc from "fast-check";
import { type ApiError, accessKey, passwordToken, type Signable } from "geminidb-backup";
import { describe, expect, it } from "vitest";
import { oneLine } from "../../src/client/one-line.js";
import { redact, redactCutSpellings } from "../../src/client/redact.js";
import { redactedResponse } from "../../src/client/redacted-response.js";
import { redactHeaders, soundsSecret } from "../../src/client/secret-names.js";
import { Secrets } from "../../src/client/secrets.js";
import { spellingsOf } from "../../src/client/spellings.js";
import { backup, clientOf, created, rawParams, rawPath } from "../support/calls.js";
import { failing, json, listen } from "../support/http.js";
import { assertProperty } from "../support/properties.js";

const token = "pl/anted+to=ken/0123";
const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const unicode = (text: string) =>
  [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
const entities = (text: string) => [...text].map((char) => `&#${char.charCodeAt(0)};`).join("");
const hexEntities = (text: string) => [...text].map((char) => `&#x${char.charCodeAt(0).toString(16)};`).join("");

const redactCut = (text: string, secrets: readonly string[]) => redactCutSpellings(text, spellingsOf(secrets));

/** Every way to show an error. */
const shown = (error: Error & { body?: unknown }) =>
  [
    error.message,
    error.stack,
    inspect(error, { depth: 9, showHidden: true }),
    JSON.stringify(error),
    JSON.stringify(error.body),
  ]
    .join("\n")
    .replaceAll("\\\\", "\\");

describe("an answer stays JSON when a secret is taken out of it, so that its code is still read", () => {
  it.each<[string, Record<string, string>, string]>([
    ["one digit", { authorization: "Scheme 0123456789", "x-version": "1" }, '"retry":1'],
    ["a part of a number", { authorization: "Scheme 0123456789", "x-version": "1" }, '"retry":1.5'],
    ["a long number", { authorization: "20261127" }, '"owner":20261127,"list":[20261127, 20261127]'],
    ["a word of JSON", { authorization: "true" }, '"retry":true'],
  ])("%s", async (_, headers, property) => {
    const body = `{"error_code":"DBS.200019","error_msg":"Busy.",${property}}`;
    await using server = await listen((_, response) => response.writeHead(403).end(body));
    const client = clientOf(server.url, { auth: { sign: async () => headers } });
    const error = await failing<ApiError>(client.createManualBackup(backup));
    expect(error).toMatchObject({ code: "DBS.200019", retryable: true });
    expect(JSON.stringify(error.body)).toContain('"[redacted]"');
  });
  it("and what else it holds stays as it is", () => {
    const text = '{"a":1,"b":[12,true,null],"c":"1 and 12"}';
    expect(JSON.parse(redact(text, ["1"]))).toEqual({ a: "[redacted]", b: [12, true, null], c: "[redacted] and 12" });
  });
  it("and its media type is not a secret, although a signer sets one of the same name", async () => {
    await using server = await listen((_, response) => json(response, 202, created));
    const auth = { sign: async () => ({ authorization: "Scheme 0123456789", accept: "application/json" }) };
    const { response } = await clientOf(server.url, { auth }).raw.DELETE(rawPath, rawParams);
    expect(response.headers.get("content-type")).toBe("application/json");
  });
  it.each(["content-type", "date", "user-agent", "accept"])(
    "and neither is its %s, which is no secret",
    async (name) => {
      await using server = await listen((request, response) =>
        json(response, 400, { error_code: "X.1", error_msg: `got ${request.headers[name]}` }),
      );
      const auth = { sign: async () => ({ authorization: "Scheme 0123456789", [name]: "application/json" }) };
      const { message } = await failing(clientOf(server.url, { auth }).deleteManualBackup({ backup_id: "b" }));
      expect(message).toContain("got application/json");
    },
  );
});

describe("a secret in the query of a call through raw", () => {
  it.each([
    ["token=abc123", "token=[redacted]"],
    ["a=1&password=correct+horse+battery&b=2", "a=1&password=[redacted]&b=2"],
    ["api%4bey=abc123#x", "api%4bey=[redacted]"],
    ["a=1#access_token=abc123", "a=1"],
  ])("is shown by no hook and by no URL: %s", async (query, shownQuery) => {
    await using server = await listen((request, response) =>
      json(response, 400, { error_code: "X", error_msg: request.url }),
    );
    const urls: string[] = [];
    const client = clientOf(server.url, { onRequest: ({ url }) => urls.push(url) });
    const path = `/v3/p/other?${query}` as never;
    const { response, error } = (await client.raw.GET(path)) as { response: Response; error: unknown };
    expect(urls).toEqual([`${server.url}/v3/p/other?${shownQuery}`]);
    expect(response.url).toBe(urls[0]?.split("#")[0]);
    expect(JSON.stringify(error)).not.toContain("correct");
  });
});

it("a password that looks like an encoding is found where only something else in it is encoded", async () => {
  for (const [secret, written] of [
    ["100%25&sure", "100%25&amp;sure"],
    ["a&amp;b\\u002fc", "a&amp;b%5Cu002fc"],
    ['say \\"%41"', "say &#92;&quot;%41&quot;"],
  ] as const) {
    expect(redact(`wrong: ${written}`, [secret])).toBe("wrong: [redacted]");
  }
});

describe("a token that a server writes in another way is not shown", () => {
  const ways: [string, string][] = [
    ["slashes escaped", token.replaceAll("/", "\\/")],
    ["every character escaped", unicode(token)],
    ["some characters escaped", token.replace("+", "\\u002b").replace("=", "\\u003D")],
    ["percent-encoded", encodeURIComponent(token)],
    ["every byte percent-encoded", percent(token)],
    ["HTML entities", entities(token)],
    ["hexadecimal HTML entities", hexEntities(token)],
  ];
  it.each(ways)("%s", async (_, written) => {
    for (const body of [
      `{"error_code":"DBS.280056","error_msg":"bad ${written}"}`,
      `{"error_code":"DBS.280056","error_msg":"bad","echo":{"${written}":["${written}"]}}`,
      `<html>bad ${written}</html>`,
      `{"error_code":"DBS.280056","error_msg":"cut ${written}`,
    ]) {
      await using server = await listen((_, response) => response.writeHead(403).end(body));
      const client = clientOf(server.url, { auth: token });
      const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
      const text = shown(error);
      expect(text).not.toContain(token);
      expect(text).not.toContain(written);
      expect(text).toContain("[redacted]");
      const raw = JSON.stringify((await client.raw.DELETE(rawPath, rawParams)).error);
      expect(raw).not.toContain(token);
      expect(raw).not.toContain(JSON.stringify(written).slice(1, -1));
      expect(raw).toContain("[redacted]");
    }
  });
  it("also inside a body that the server repeats as text", async () => {
    const token = 'planted"to\\ken-0123';
    const inner = JSON.stringify({ token });
    await using server = await listen((_, response) =>
      json(response, 400, { error_code: "X", error_msg: `{"echo":${JSON.stringify(inner)}}` }),
    );
    const error = await failing<Error & { body: { error_msg: string } }>(
      clientOf(server.url, { auth: token }).deleteManualBackup({ backup_id: "b" }),
    );
    expect(error.body.error_msg).toBe('{"echo":"{"token":"[redacted]"}"}');
    expect(error.message).not.toContain("planted");
  });
});

it("takes out every credential of the call: the refused token, the new one, and short ones", async () => {
  await using server = await listen((request, response) =>
    json(response, 401, {
      error_code: "APIGW.0307",
      error_msg: `not ${request.headers["x-auth-token"]}, first old-1, then new-2`,
    }),
  );
  const client = clientOf(server.url, { auth: ({ refused }) => (refused ? "new-2" : "old-1") });
  const error = await failing<Error & { body: { error_msg: string } }>(client.deleteManualBackup({ backup_id: "b" }));
  expect(error.body.error_msg).toBe("not [redacted], first [redacted], then [redacted]");
  expect(error.message).not.toMatch(/old-1|new-2/);
});

it("does not take a short credential out of the middle of a word", () => {
  expect(redact("any company, any", ["any"])).toBe("[redacted] company, [redacted]");
});

it("takes out the signature without the rest of its header, and the security token", async () => {
  await using server = await listen((request, response) => {
    const signature = /Signature=(\w+)/.exec(request.headers.authorization ?? "")?.[1];
    json(response, 401, { error_code: "APIGW.0301", error_msg: `${signature} ${request.headers["x-security-token"]}` });
  });
  const auth = accessKey({ ak: "ak", sk: "planted-secret", securityToken: "planted-security" });
  const error = await failing<Error & { body: { error_msg: string } }>(
    clientOf(server.url, { auth }).deleteManualBackup({ backup_id: "b" }),
  );
  expect(error.body.error_msg).toBe("[redacted] [redacted]");
});

it("the project and the date of a signature are no secrets", async () => {
  await using server = await listen(({ headers }, response) =>
    json(response, 403, { error_code: "X", error_msg: `${headers["x-project-id"]} ${headers["x-sdk-date"]}` }),
  );
  const options = { auth: accessKey({ ak: "ak", sk: "planted-secret" }), project_id: "my-project-0123" };
  const error = await failing(clientOf(server.url, options).deleteManualBackup({ backup_id: "b" }));
  expect(error.message).toMatch(/my-project-0123 \d{8}T\d{6}Z/);
});

it("the scheme, the key's ID and the names of the headers of a signature are no secrets either", async () => {
  const said = "SDK-HMAC-SHA256 Access=my-key-0123 content-type x-sdk-date";
  await using server = await listen((_, response) => json(response, 403, { error_code: "X", error_msg: said }));
  const auth = accessKey({ ak: "my-key-0123", sk: "planted-secret" });
  const error = await failing(clientOf(server.url, { auth }).createManualBackup(backup));
  expect(error.message).toContain(said);
});

it("a bearer token of a signer is not shown without its scheme either, however short it is", async () => {
  await using server = await listen((_, response) =>
    json(response, 403, { error_code: "X", error_msg: "not abc1, abc1x" }),
  );
  const auth = { sign: async () => ({ authorization: "My-Bearer abc1" }) };
  const error = await failing(clientOf(server.url, { auth }).deleteManualBackup({ backup_id: "b" }));
  expect(error.message).toContain("not [redacted], abc1x");
});

it("takes out secret headers of the caller", async () => {
  await using server = await listen((request, response) =>
    json(response, 500, { error_code: "X", error_msg: request.headers["x-api-key"] }),
  );
  const client = clientOf(server.url, { headers: { "x-api-key": "planted-api-key" } });
  const error = await failing(client.createManualBackup({ instance_id: "i", name: "nightly", description: "" }));
  expect(shown(error)).not.toContain("planted-api-key");
  expect(error.message).toContain("[redacted]");
  expect(server.received[0]?.headers["x-api-key"]).toBe("planted-api-key");
});

it("takes the password out of what IAM says, as JSON writes it", async () => {
  const password = 'quo"te\\d/pass';
  await using iam = await listen((request, response) =>
    json(response, 400, { error: { message: `wrong: ${request.body}` } }),
  );
  const auth = passwordToken({ username: "u", password, domain: "d", project: "p", iamUrl: iam.url });
  const text = shown(await failing(clientOf("http://127.0.0.1:2", { auth }).deleteManualBackup({ backup_id: "b" })));
  expect(text).not.toContain(password);
  expect(text).not.toContain(JSON.stringify(password).slice(1, -1));
  expect(text).toMatch(/wrong: .*\[redacted\]/);
});

it("takes the password out also where IAM says it without the spaces around it", async () => {
  await using iam = await listen((_, response) =>
    json(response, 401, { error: { message: "hunter2hunter2 is wrong" } }),
  );
  const auth = passwordToken({
    username: "u",
    password: " hunter2hunter2 ",
    domain: "d",
    project: "p",
    iamUrl: iam.url,
  });
  const text = shown(await failing(clientOf("http://127.0.0.1:2", { auth }).deleteManualBackup({ backup_id: "b" })));
  expect(text).toContain("[redacted] is wrong");
});

it("text of a server loses control characters in messages, and is cut at 500 characters", async () => {
  await using server = await listen((_, response) =>
    json(
      response,
      400,
      { error_code: "DBS.1\u001b[31m", error_msg: `a\u0000b\r\nc\u202ed\u2028${"x".repeat(2000)}` },
      { "x-request-id": "r" },
    ),
  );
  const error = await failing(clientOf(server.url).deleteManualBackup({ backup_id: "b" }));
  expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  expect(error.message.length).toBeLessThan(700);
  expect(oneLine("😀".repeat(600))).toBe(`${"😀".repeat(499)}…`);
});

it("prints few lines of an error that nobody caught", async () => {
  await using server = await listen((_, response) => json(response, 400, { error_code: "DBS.201214", error_msg: "x" }));
  const error = await failing(clientOf(server.url).deleteManualBackup({ backup_id: "b" }));
  const [, ...details] = inspect(error).split(/\{\n/);
  expect(details.join("").split("\n").length).toBeLessThan(12);
});

it("finds a secret in any text, however it is escaped there", async () => {
  const secret = fc
    .string({ minLength: 8, maxLength: 30, unit: "grapheme-ascii" })
    .filter((text) => text.trim() === text);
  const ways = [JSON.stringify, encodeURIComponent, unicode, percent, entities, hexEntities, (text: string) => text];
  const property = fc.property(secret, fc.constantFrom(...ways), fc.string(), (text, write, around) => {
    const clean = redact(`${around} ${write(text)}`, [text]);
    expect(clean).not.toContain(text);
    expect(clean).toContain("[redacted]");
  });
  await assertProperty(property, 500);
});

describe("a secret that looks as if parts of it were encoded", () => {
  const json = (text: string) => JSON.stringify(text).slice(1, -1);
  const html = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  const ways = { json, html, encodeURIComponent: encodeURIComponent, "every byte": percent };
  const names = Object.keys(ways) as (keyof typeof ways)[];
  const layers = names.flatMap((one) => [
    [one],
    ...names.flatMap((two) => [[one, two], ...names.map((three) => [one, two, three])]),
  ]);
  it.each(['a%2Bb%41"c/d-0123', 'tom&amp;jerry"1', "\\u0041%2f&lt;-012"])(
    "%s is found behind any three ways of encoding",
    (secret) => {
      for (const layer of layers) {
        const written = layer.reduce((text, way) => ways[way as keyof typeof ways](text), secret);
        // A backslash before the secret may be left over from its encoding.
        expect(redact(`bad ${written}.`, [secret]), layer.join(", then ")).toMatch(/^bad \\*\[redacted\]\.$/);
      }
    },
  );
});

it("a text that hides secrets in more ways than can be undone is not shown at all", () => {
  const ways = [1, 2, 3].flatMap((depth) => [percent, entities, unicode].map((way) => ({ depth, way })));
  const written = ways.map(({ depth, way }) =>
    Array.from({ length: depth }).reduce((text: string) => way(text), token),
  );
  expect(redact(written.join(" "), [token])).toBe("[redacted]");
});

describe("headers", () => {
  /** What is shown of a text after a header was given. */
  const suspected = (header: [string, string], text = header[1]) => {
    const secrets = new Secrets();
    secrets.addSuspects([header]);
    return secrets.redact(text);
  };
  const secret = ["X-Auth-Token", "Authorization", "X-Client-Secret", "Set-Cookie", "Api-Key", "X-Password"];
  const others = ["X-Signature", "X-Amz-Credential"];
  it.each([...secret, ...others])("%s is a secret", (name) => {
    expect(soundsSecret(name)).toBe(true);
    expect(redactHeaders([[name, "planted"]])).toEqual({ [name]: "[redacted]" });
    expect(suspected([name, "planted-0"])).toBe("[redacted]");
  });
  it.each(["Accept", "Content-Type", "User-Agent", "X-Request-Id", "Date"])("%s is none", (name) => {
    expect(redactHeaders([[name, "shown"]])).toEqual({ [name]: "shown" });
    expect(suspected([name, "shown-012"])).toBe("shown-012");
  });
  it("are secret in parts, unless a part is too short", () => {
    const value = "Basic  dXNlcjpw; sid=12345678,x=1234567";
    expect(suspected(["authorization", value], "Basic dXNlcjpw 12345678 1234567 x")).toBe(
      "Basic [redacted] [redacted] 1234567 x",
    );
  });
  it("keep the names of the headers that a signature covers", () => {
    const value = "Scheme Access=12345678, SignedHeaders=content-type;x-sdk-date, Signature=87654321";
    expect(suspected(["authorization", value], "12345678 content-type x-sdk-date 87654321")).toBe(
      "[redacted] content-type x-sdk-date [redacted]",
    );
  });
  it("are not taken out of a successful response, which a caller needs as it is", () => {
    const secrets = new Secrets();
    secrets.addSuspects([["idempotency-key", "nightly-0001"]]);
    secrets.addCredential(["short", "long-credential"]);
    expect(secrets.redactData("nightly-0001 short long-credential")).toBe("nightly-0001 short [redacted]");
    expect(secrets.redact("nightly-0001 short long-credential")).toBe("[redacted] [redacted] [redacted]");
  });
});

it("a token that is written in several ways in one text is shown in none of them", () => {
  const ways = [token, token.replaceAll("/", "\\/"), encodeURIComponent(token), entities(token), hexEntities(token)];
  for (const one of ways) {
    for (const other of ways) expect(redact(`bad ${one}, ${other}.`, [token])).toBe("bad [redacted], [redacted].");
  }
});

describe("a text that is cut inside a token shows no part of it", () => {
  const token = 'pl/an`te|d+t&o=k<e>n"_é0123';
  const code = (char: string, radix: number, length = 0) => char.charCodeAt(0).toString(radix).padStart(length, "0");
  const named: Record<string, string> = { "/": "sol", "`": "DiacriticalGrave", "|": "VerticalLine", "+": "plus" };
  const old: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };
  /** How one character is written in each way that a decoder undoes. */
  const ways: Record<string, (char: string) => string> = {
    "as it is": (char) => char,
    "with slashes escaped": (char) => char.replace("/", "\\/"),
    "as JSON": (char) => JSON.stringify(char).slice(1, -1),
    "escaped with \\u": unicode,
    "escaped with \\x": (char) => `\\x${code(char, 16, 2)}`,
    "escaped with \\u{}": (char) => `\\u{${code(char, 16)}}`,
    "escaped with \\u{} and zeros": (char) => `\\u{${code(char, 16, 6)}}`,
    "escaped in octal": (char) => `\\${code(char, 8)}`,
    "with a backslash before what needs none": (char) => (/[bfnrtvux0-7é]/.test(char) ? char : `\\${char}`),
    "percent-encoded": encodeURIComponent,
    "every byte percent-encoded": percent,
    "as a form": (char) => new URLSearchParams({ "": char }).toString().slice(1),
    "in HTML entities": entities,
    "in hexadecimal HTML entities": hexEntities,
    "in HTML entities without a semicolon": (char) => `&#${code(char, 10)}`,
    "in HTML entities with zeros": (char) => `&#${code(char, 10, 12)};`,
    "in hexadecimal HTML entities with zeros": (char) => `&#x${code(char, 16, 12)}`,
    "with named HTML entities": (char) => (char in named ? `&${named[char]};` : char),
    "with HTML entities that need no semicolon": (char) => (char in old ? `&${old[char]}` : char),
  };
  const names = Object.keys(ways);
  const write = (text: string, way: string) => [...text].map((char) => ways[way]?.(char)).join("");
  const written = (layers: readonly string[]) => [...token].map((char) => layers.reduce(write, char));
  /** The fifth character may be one of which nobody knows whether it is complete. */
  const shortest = (parts: readonly string[]) => parts.slice(0, 5).join("").length;

  it.each(names)("%s", (way) => {
    const parts = written([way]);
    const text = parts.join("");
    for (let length = shortest(parts); length < text.length; length++) {
      expect(redactCut(`bad ${text.slice(0, length)}`, [token]), text.slice(0, length)).toBe("bad [redacted]");
    }
  });
  it("in several ways inside each other", async () => {
    const layers = fc.array(fc.constantFrom(...names), { minLength: 2, maxLength: 3 });
    const property = fc.property(layers, fc.nat(), (ways, cut) => {
      const parts = written(ways);
      const text = parts.join("");
      const least = shortest(parts);
      // Without the last character: once that is there, what follows of its encoding is no part of the secret.
      const most = parts.slice(0, -1).join("").length;
      const length = least + (cut % (most - least));
      expect(redactCut(`bad ${text.slice(0, length)}`, [token]), text.slice(0, length)).toBe("bad [redacted]");
    });
    await assertProperty(property, 500);
  });
  it.each([
    ["with spaces for pluses", "AAAA+bbbb+CCCC/0123", "AAAA bbbb CCCC/0123"],
    ["with line breaks for pluses", "AAAA+bbbb+CCCC/0123", "AAAA\n bbbb\r\nCCCC/0123"],
    ["with line breaks for spaces", "correct horse battery", "correct\nhorse \u2028 battery"],
    ["with a line break in JSON", "correct horse/battery", "correct\u00a0horse\\/battery"],
    ["with what looks encoded in it", "ab&cdefgh%2ijkl\\x4mnop", "ab&cdefgh%2ijkl\\x4mnop"],
  ])("%s", (_, token, written) => {
    for (let length = 5; length < written.length; length++) {
      const text = `bad ${written.slice(0, length)}`;
      expect(redactCut(text, ["another-secret", token]), text).toBe("bad [redacted]");
    }
  });
  it.each([
    ["token-aaaa", "my-token-bbbb"],
    ["my-token-bbbb", "token-aaaa"],
  ])("of %s and %s, the one that began first", (...secrets) => {
    expect(redactCut("bad my-toke", secrets)).toBe("bad [redacted]");
  });
  it("which a server writes with spaces for pluses, in an answer that is too long", async () => {
    const token = `AAAAbbbb+CCCCdddd+EEEEffff+${"Z9".repeat(100)}`;
    const text = `bad token: ${token.replaceAll("+", " ")}`;
    await using server = await listen((_, response) => response.writeHead(400).end(text));
    const client = clientOf(server.url, { auth: token, maxResponseBytes: 200 });
    const error = await failing<ApiError>(client.createManualBackup(backup));
    expect(error.body).toBe("bad token: [redacted]");
  });
});

it.each([
  "they said: correct battery ",
  "they said: correct horses",
  "they said: correct horse batteries, and more of them",
  "they said: correct-horse",
  "they said: corr",
  "they said: cor",
  "correct horse, then another word",
])("a text that was cut keeps what is no beginning of a secret: %j", (text) => {
  const beginning = text === "they said: corr";
  expect(redactCut(text, ["correct horse battery"])).toBe(beginning ? "they said: [redacted]" : text);
});

it("a text that is cut inside a token keeps what only looks encoded before it", () => {
  expect(redactCut("50 % of a & b: my-toke", ["my-token-0123"])).toBe("50 % of a & b: [redacted]");
});

describe("redact", () => {
  const token = "to/ken-0123";
  it.each([
    // What holds no secret stays as it is, however it is written.
    ['{"a":"x\\u0041 %41 &amp; \\/","b":["\\"",7]}', '{"a":"x\\u0041 %41 &amp; \\/","b":["\\"",7]}'],
    ['a lonely " and %41', 'a lonely " and %41'],
    ["", ""],
    // A string of JSON stays one, and so does the text around it.
    ['{"m":"to\\/ken-0123 \\"x\\"","n":"%41"} &lt;', '{"m":"[redacted] \\"x\\"","n":"%41"} &lt;'],
    ['"to\\/ken-0123"', '"[redacted]"'],
    ['say "\\\\" and "to\\/ken-0123"', 'say "\\\\" and "[redacted]"'],
    // What only looks like a string of JSON.
    ['"\\x to\\/ken-0123"', '"\\x [redacted]"'],
    ['"to\\/ken-0123', '"[redacted]'],
    // Bytes and characters that do not exist.
    ["%FF%74o/ken-0123", "\ufffd[redacted]"],
    ["%ff%74%6f%2f%6b%65%6e-0123", "\ufffd[redacted]"],
    ["&#x110000;&#116;o/ken-0123", "[redacted]"],
    ["&#x10ffff;&#116;o/ken-0123", "\u{10ffff}[redacted]"],
    // Encoded three times, and once more.
    [`x${[1, 2, 3].reduce((text) => encodeURIComponent(text), token)}`, "x[redacted]"],
    [`x${[1, 2, 3, 4].reduce((text) => encodeURIComponent(text), token)}`, "xto%2525252Fken-0123"],
  ])("%j becomes %j", (text, clean) => {
    expect(redact(text, [token])).toBe(clean);
  });
  it("knows the named entities of HTML", () => {
    expect(redact("in a&lt;b&gt;c&amp;d&quot;e&apos;f", ["a<b>c&d\"e'f"])).toBe("in [redacted]");
    const punctuation =
      "excl quot num dollar percnt amp apos lpar rpar ast plus comma period sol colon semi lt equals gt quest commat lsqb bsol rsqb Hat lowbar grave lcub verbar rcub";
    const written = punctuation
      .split(" ")
      .map((name) => `&${name};`)
      .join("a");
    const secret = [..."!\"#$%&'()*+,./:;<=>?@[\\]^_`{|}"].join("a");
    expect(redact(`in ${written}`, [secret])).toBe("in [redacted]");
    expect(redact("&nosuchname; &", ["secret-0123"])).toBe("&nosuchname; &");
  });
  it.each(
    Object.entries({
      "&": "amp AMP",
      "'": "apos",
      "*": "ast midast",
      "`": "grave DiacriticalGrave",
      "<": "lt LT",
      ">": "gt GT",
      '"': "quot QUOT",
      "{": "lcub lbrace",
      "}": "rcub rbrace",
      "[": "lsqb lbrack",
      "]": "rsqb rbrack",
      _: "lowbar UnderBar",
      "|": "verbar vert VerticalLine",
      "\\": "bsol",
    }),
  )("knows each name of %s", (character, names) => {
    for (const name of names.split(" ")) {
      expect(redact(`in a&${name};b-0123`, [`a${character}b-0123`]), name).toBe("in [redacted]");
    }
  });
  it("knows the entities that need no semicolon, in small and in capital letters", () => {
    expect(redact("in a&ltb&AMPc&QUOT;d&gte", ['a<b&c"d>e'])).toBe("in [redacted]");
    expect(redact("in a&ampsol;b-01234", ["a/b-01234"])).toBe("in [redacted]");
    expect(redact("in to&#0000000047ken-0123 to&#x00000002fken-0123", [token])).toBe("in [redacted] [redacted]");
  });
  it("knows a plus for a space, as forms have it", () => {
    const password = "correct horse+battery ü";
    expect(redact(`p=${new URLSearchParams({ password })}&b=1+1`, [password])).toBe("p=password=[redacted]&b=1 1");
    expect(redact("1+1 & 2", [password])).toBe("1+1 & 2");
  });
  it("takes no longer than a multiple of the length for a text that looks encoded everywhere", () => {
    const cost = (text: string) => {
      const before = performance.now();
      const clean = redact(text, [token]);
      return { milliseconds: performance.now() - before, clean };
    };
    const hostile = ['"&amp;%25\\\\"', '"&amp;amp;amp;%252525\\\\\\\\"', '"a","%25&amp;\\\\"', '"+%2B&plus;"'];
    const plain = cost("x y ".repeat(250_000));
    for (const part of hostile) {
      const text = part.repeat(1_000_000 / part.length);
      const { milliseconds, clean } = cost(text);
      expect([text, "[not shown: it has too many encodings to be searched for secrets]"]).toContain(clean);
      const limit = Math.max(2_000, 100 * plain.milliseconds);
      // Another process may have taken the processor during the first measurement.
      const fastest = milliseconds < limit ? milliseconds : Math.min(cost(text).milliseconds, cost(text).milliseconds);
      expect(fastest, part).toBeLessThan(limit);
    }
    // What a service may well answer is searched to its end.
    const answer = JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, name: `a+b "${id}" 100%` })));
    expect(cost(answer).clean).toBe(answer);
    expect(cost(answer.replace("a+b", token.replace("/", "\\/"))).clean).toContain("[redacted]");
  });
  it("knows numeric entities without a semicolon", () => {
    expect(redact("to&#47ken-0123 to&#x2fken-0123", [token])).toBe("[redacted] [redacted]");
    const written = [...token].map((char) => `&#${char.charCodeAt(0)}`).join("");
    expect(redact(`at the end ${written}`, [token])).toBe("at the end [redacted]");
    expect(redact(`at the end ${written.replace(/\d+/g, (code) => `x${Number(code).toString(16)}`)}`, [token])).toBe(
      "at the end [redacted]",
    );
  });
  it("takes an empty secret for none", () => {
    expect(redact("a text", [""])).toBe("a text");
    expect(redact('a "\\u0041"', [])).toBe('a "\\u0041"');
  });
  it("takes the longest of two secrets that begin alike", () => {
    expect(redact("x token-0123-long", ["token-0123", "token-0123-long"])).toBe("x [redacted]");
  });
  it("takes a secret of eight characters out of a word, and a shorter one not", () => {
    expect(redact("xsecret78x", ["secret78"])).toBe("x[redacted]x");
    expect(redact("xsecret7x secret7", ["secret7"])).toBe("xsecret7x [redacted]");
  });
});

it("a quote of 500 characters is whole, and has no space at its ends", () => {
  expect(oneLine(` ${"x".repeat(500)}\n`)).toBe("x".repeat(500));
  expect(oneLine("x".repeat(501))).toBe(`${"x".repeat(499)}…`);
});

it("a failed answer that breaks off in the middle of a token shows what came before it, and no part of it", async () => {
  const begun = `{"error_code":"DBS.280056","error_msg":"bad ${token.slice(0, 12)}`;
  await using server = await listen((_, response) => {
    response.writeHead(403, { "content-length": 1000 }).write(begun, () => response.destroy());
  });
  const error = await failing<Error & { status: number }>(
    clientOf(server.url, { auth: token, retries: 0 }).deleteManualBackup({ backup_id: "b" }),
  );
  expect(error.status).toBe(403);
  expect(shown(error)).toContain("DBS.280056");
  expect(shown(error)).not.toContain(token.slice(0, 12));
});

it("the code of what a fetch throws shows no secret either", async () => {
  const fetch = () => Promise.reject(Object.assign(new Error("broken"), { code: `X-${token}` }));
  const error = await failing<Error & { cause: { code: string } }>(
    clientOf("http://127.0.0.1:2", { auth: token, fetch }).deleteManualBackup({ backup_id: "b" }),
  );
  expect(error.cause.code).toBe("X-[redacted]");
  expect(shown(error)).not.toContain(token);
});

it("hooks show no token that a header of a harmless name repeats", async () => {
  await using server = await listen((_, response) => json(response, 202, { job_id: "j" }));
  const events: unknown[] = [];
  const client = clientOf(server.url, { auth: token, onRequest: (event) => events.push(event) });
  await client.deleteManualBackup({ backup_id: "b" }, { headers: { "x-debug": `with ${token}` } });
  expect(events).toMatchObject([{ headers: { "x-debug": "with [redacted]" } }]);
});

it("the ID of a backup stays whole, whatever the caller's headers hold", async () => {
  await using server = await listen((_, response) =>
    json(response, 202, { job_id: "j", backup_id: "nightly-0001" }, { "x-request-id": "nightly-0001" }),
  );
  const client = clientOf(server.url, {
    headers: { "idempotency-key": "nightly-0001", "x-auth-source": "a=nightly-0001" },
  });
  const input = { instance_id: "i", name: "nightly", description: "" };
  expect(await client.createManualBackup(input)).toEqual({ job_id: "j", backup_id: "nightly-0001" });
});

it("a short value of a header that sounds secret changes nothing else", async () => {
  await using server = await listen((_, response) =>
    json(response, 429, { error_code: "X", error_msg: "5 or 6" }, { "retry-after": "5" }),
  );
  const delays: number[] = [];
  const end = new AbortController();
  const onRetry = ({ delay }: { delay: number }) => {
    delays.push(delay);
    end.abort();
  };
  const client = clientOf(server.url, { retries: 1, onRetry, headers: { "x-auth-version": "5" } });
  await failing(client.deleteManualBackup({ backup_id: "b" }, { signal: end.signal }));
  expect(delays).toEqual([5000]);
  const error = await failing(client.deleteManualBackup({ backup_id: "b" }, { retries: 0 }));
  expect(error.message).toContain("5 or 6");
});

it("a header of a signer that cannot be sent is not shown", async () => {
  const sign = async () => ({ authorization: "Basic QWxhZGRpbg==\nc2VjcmV0LXRhaWw=\n" });
  const error = await failing(
    clientOf("http://127.0.0.1:2", { auth: { sign } }).deleteManualBackup({ backup_id: "b" }),
  );
  expect(error.message).toMatch(/auth gave a header with a name or value that cannot be sent.*Nothing was sent/);
  expect(shown(error)).not.toMatch(/QWxhZGRpbg|c2VjcmV0/);
});

it("a value of a signer that is sent without the spaces around it is not shown without them either", async () => {
  await using server = await listen((request, response) =>
    json(response, 403, { error_code: "X", error_msg: `bad ${request.headers.authorization}` }),
  );
  const sign = async () => ({ authorization: " planted-signature\n" });
  const error = await failing(clientOf(server.url, { auth: { sign } }).deleteManualBackup({ backup_id: "b" }));
  expect(shown(error)).not.toContain("planted-signature");
  expect(error.message).toContain("bad [redacted]");
});

it.each(["x-gateway-jwt", "x-passwd", "x-passphrase", "x-pwd", "x-session-id", "x-bearer"])(
  "a header of the name %s is hidden, whatever it holds",
  async (name) => {
    await using server = await listen((request, response) =>
      json(response, 400, { error_code: "X", error_msg: `not ${request.headers[name]}` }),
    );
    const shownHeaders: unknown[] = [];
    const client = clientOf(server.url, {
      headers: { [name]: "planted-0123456" },
      onRequest: ({ headers }) => shownHeaders.push(headers[name]),
    });
    const error = await failing(client.deleteManualBackup({ backup_id: "b" }));
    expect(shownHeaders).toEqual(["[redacted]"]);
    expect(shown(error)).not.toContain("planted");
  },
);

it("the parts of what a signer gives are not shown either", async () => {
  await using server = await listen((_, response) =>
    json(response, 400, { error_code: "X", error_msg: "session planted-session-01 is unknown" }),
  );
  const client = clientOf(server.url, { auth: { sign: async () => ({ cookie: "sid=planted-session-01; a=b" }) } });
  const error = await failing<ApiError>(client.deleteManualBackup({ backup_id: "b" }));
  expect(error.body).toMatchObject({ error_msg: "session [redacted] is unknown" });
});

it("a signer that writes into the headers changes nothing of what is sent, or is known to be no secret", async () => {
  await using server = await listen((request, response) =>
    json(response, 400, { error_code: "X", error_msg: `not ${request.headers["x-security-token"]}` }),
  );
  const sign = async ({ headers }: Signable) => {
    headers.set("x-security-token", "planted-0123456");
    return { authorization: "Scheme signature-01" };
  };
  const error = await failing(clientOf(server.url, { auth: { sign } }).deleteManualBackup({ backup_id: "b" }));
  expect(shown(error)).not.toContain("planted");
  expect(server.received[0]?.headers).not.toHaveProperty("x-security-token");
});

it("the host of a redirect that is the token is not shown, also not in small letters", async () => {
  await using server = await listen((_, response) =>
    response.writeHead(307, { location: "http://PLANTED0123/" }).end(),
  );
  const error = await failing(clientOf(server.url, { auth: "PLANTED0123" }).deleteManualBackup({ backup_id: "b" }));
  expect(shown(error)).not.toMatch(/planted/i);
});

it.each([202, 400])("an answer of %i that a middleware gives shows no token in an error", async (status) => {
  await using server = await listen((_, response) => json(response, 202, created));
  const client = clientOf(server.url);
  const answer = { error_code: "DBS.200001", error_msg: "not a-token-0123456789" };
  client.raw.use({ onResponse: () => Response.json(answer, { status }) });
  const error = await failing<ApiError>(client.deleteManualBackup({ backup_id: "b" }));
  expect(shown(error)).not.toContain("a-token-0123456789");
  expect(error.body).toEqual({ ...answer, error_msg: "not [redacted]" });
});

it("the URL of a response shows no secret query either", async () => {
  await using server = await listen((_, response) => json(response, 400, { error_code: "X", error_msg: "no" }));
  const call = clientOf(server.url).raw.GET("/v3/things" as never, { params: { query: { api_key: token } } } as never);
  const { response } = (await call) as { response: Response };
  expect(response.url).toBe(`${server.url}/v3/things?api_key=[redacted]`);
});

it("a header that cannot be sent any more once secrets are taken out is shown as redacted", () => {
  const received = new Response(null, { headers: { "x-echo": "%0a" } });
  const shown = redactedResponse(received, "", (text) => text.replace("%0a", "with a\nline break"));
  expect(shown.headers.get("x-echo")).toBe("[redacted]");
});

it("a header whose name a server makes of the token is left out", async () => {
  const auth = "planted-token-0123456789";
  await using server = await listen((_, response) => json(response, 400, {}, { [`x-${auth}`]: "1", "x-other": "2" }));
  const error = await failing<ApiError>(clientOf(server.url, { auth }).createManualBackup(backup));
  expect([...error.response.headers.keys()].join()).not.toContain("planted");
  expect(error.response.headers.get("x-other")).toBe("2");
});

it.each([
  ["a line break", "correct horse\nbattery  staple"],
  ["a space that does not break", "correct\u00a0horse battery\u2028staple"],
])("a secret with spaces is taken out where a server writes %s in their place", (_, written) => {
  expect(redact(`wrong: ${written}.`, ["correct horse battery staple"])).toBe("wrong: [redacted].");
});

it.each([
  ["\\x", "MIIDkg\\x2fYJKo\\x2bNAQc"],
  ["\\u{}", "MIIDkg\\u{2f}YJKo\\u{2B}NAQc"],
  ["a backslash before punctuation", "MIIDkg\\/YJKo\\+NAQc"],
  ["a space for a plus", "MIIDkg/YJKo NAQc"],
  ["octal numbers", "\\115IIDkg\\57YJKo\\53NAQc"],
  ["a backslash before letters without meaning", "\\MII\\Dk\\g/YJKo+\\NAQc"],
])("a token that a server writes with %s is taken out", (_, written) => {
  expect(redact(`bad token ${written}!`, ["MIIDkg/YJKo+NAQc"])).toBe("bad token [redacted]!");
});

it("a text that is cut inside a character which is encoded twice shows no beginning of a secret", () => {
  const token = "MIIDkgYJ/KoZIhvc+NAQcCoII/Dgz";
  const written = `{"m":"${token.replaceAll("/", "\\&#x2F;")}"}`;
  for (let end = 20; end < written.indexOf("Dgz") + 3; end++) {
    expect(redactCut(written.slice(0, end), [token])).not.toContain("MIIDkg");
  }
});

it("a large answer without secrets stays as it is, however many of its strings are encoded", async () => {
  const query = 'SELECT "a" FROM b WHERE c = "d+e" AND url LIKE "%2Fx%" AND f &gt; 1 -- \\u0041';
  const slow_logs = Array.from({ length: 8_000 }, (_, id) => ({ id, query }));
  await using server = await listen((_, response) => json(response, 200, { slow_logs }));
  const { raw } = clientOf(server.url, { auth: "a-token-".repeat(200) });
  const { data } = await raw.DELETE(rawPath, rawParams);
  expect(data).toEqual({ slow_logs });
});
