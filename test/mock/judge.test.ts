/** Stock Prism is the judge of what the mock takes and refuses. */
import fc from "fast-check";
import { createMock } from "geminidb-backup/mock";
import { beforeAll, expect, it } from "vitest";
import { brokenRules, onTheWire, operations, sound, unsound } from "../support/operations.js";
import { type PrismRequest, stockPrism } from "../support/prism.js";
import { assertProperty } from "../support/properties.js";
import { times } from "../support/scale.js";
import { bundle } from "../support/transcript.js";

let prism: Awaited<ReturnType<typeof stockPrism>>;
beforeAll(async () => {
  prism = await stockPrism(bundle);
});
const mock = createMock({ stateless: true });

const total = times(400, 12_000);

const withoutToken = fc.constant({});
const withToken = fc.constant({ "x-auth-token": "a-token" });

/** Requests with and without a token: half of them fit, the others break one rule. */
const requests: fc.Arbitrary<PrismRequest> = fc.oneof(
  ...operations.map((operation) => {
    const wrong = fc.oneof(...brokenRules(operation).map((rule) => unsound(operation, rule)));
    const credentials = fc.oneof({ arbitrary: withToken, weight: 4 }, { arbitrary: withoutToken, weight: 1 });
    const sent = fc.tuple(fc.oneof(sound(operation), wrong), credentials).map(([request, given]) => {
      const { headers, ...rest } = onTheWire(operation, request);
      const { "x-auth-token": _, ...others } = headers;
      return { ...rest, headers: { ...others, ...given } };
    });
    // Where a path parameter is empty, the gateway knows no such path, and Prism finds a parameter that is too short.
    return sent.filter(({ path }) => !path.split("/").slice(1).includes(""));
  }),
);

/** The statuses of the documented successes. */
const successes = [...new Set(operations.map(({ success }) => success.status))].sort();

/** The status that the mock answers with. */
async function statusOf({ method, path, headers, body }: PrismRequest): Promise<number> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const { status } = await mock.fetch(mock.url + path, { method: method.toUpperCase(), headers, ...sent });
  return status;
}

it("the mock answers each request with the status of stock Prism", { timeout: 600_000 }, async () => {
  const counts: Record<number, number> = {};
  const property = fc.asyncProperty(requests, async (request) => {
    const complaints = await prism(request);
    const refused = complaints.find((complaint) => complaint.startsWith("status "));
    const status = await statusOf(request);
    counts[status] = (counts[status] ?? 0) + 1;
    if (refused === undefined) expect(successes).toContain(status);
    else expect(`status ${status}`).toBe(refused);
  });
  await assertProperty(property, total);
  // Each kind of answer has been met.
  expect(Object.keys(counts).map(Number)).toEqual([...successes, 400, 401]);
  console.log(`${total} requests, answered ${JSON.stringify(counts)}`);
});
