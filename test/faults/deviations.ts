import { type Ending, type Endings, late, lost, unexpected } from "./endings.js";

/** How some runtimes differ from the table. */
export interface Deviation {
  /** How the names of the runtimes begin. */
  runtimes: readonly string[];
  /** The names of the faults, as in the table. */
  faults: readonly string[];
  /** Only for this operation. */
  operation?: keyof Endings;
  /** Only over a connection that was used before. */
  reusedOnly?: boolean;
  /** How the call ends there. As in the table, if not said. */
  endings?: Endings;
  /** How a create may end there as well. */
  sometimes?: Ending;
  /** The runtime sends the first request twice, and the client does not know of it. */
  sentTwice?: boolean;
  because: string;
}

const beforeConnection = [
  "The host name does not exist",
  "The connection is refused",
  "The network is unreachable",
  "The certificate is self-signed",
  "The certificate is for another host",
  "The certificate has expired",
  "The server does not speak TLS",
  "The TLS handshake is refused",
];

const withoutAnswer = [
  "Reset before the request was read",
  "Closed before the request was read",
  "Reset after the request was carried out",
  "Closed after the request was carried out",
  "Reset inside the headers",
];

/** One attempt, which meets what the request before it, that of the runtime, has left. */
const gone: Ending = {
  without: { result: "ApiError", outcome: "refused", retryable: false, attempts: 1 },
  withTwo: { result: "ApiError", outcome: "refused", retryable: false, attempts: 1 },
};

export const deviations: readonly Deviation[] = [
  {
    runtimes: ["workerd", "chromium"],
    faults: beforeConnection,
    endings: lost,
    because: "They do not tell why a request failed, so nobody knows that it was not sent.",
  },
  {
    runtimes: ["bun", "deno"],
    faults: [...withoutAnswer, "Closed inside the headers"],
    operation: "delete",
    reusedOnly: true,
    sentTwice: true,
    because: "They repeat a DELETE by themselves. A create is not repeated.",
  },
  {
    runtimes: ["bun", "deno"],
    faults: ["Reset after the request was carried out, then DBS.201214"],
    operation: "delete",
    reusedOnly: true,
    sentTwice: true,
    endings: { create: gone, delete: gone },
    because: "They repeat a DELETE by themselves, and the client learns of the last answer only.",
  },
  {
    runtimes: ["chromium"],
    faults: [...withoutAnswer, "408"],
    sentTwice: true,
    because:
      "Browsers repeat any request over a connection that was used before, if only to ask for permission (CORS).",
  },
  {
    runtimes: ["chromium"],
    faults: ["Reset after the request was carried out, then DBS.201214"],
    sentTwice: true,
    endings: { create: gone, delete: gone },
    because: "Browsers repeat the request by themselves, and the client learns of the last answer only.",
  },
  {
    runtimes: ["node", "chromium"],
    faults: ["407"],
    endings: lost,
    because: "Their fetch treats a 407 as coming from a proxy, and does not hand it on.",
  },
  {
    runtimes: ["node"],
    faults: ["421"],
    sentTwice: true,
    sometimes: lost.create,
    because:
      "Its fetch repeats any request after a 421, with which a server says that it has not looked at it. If it comes before the body was sent, the second request fails.",
  },
  {
    runtimes: ["chromium"],
    faults: ["421"],
    sentTwice: true,
    because: "As in Node.",
  },
  {
    runtimes: ["bun", "deno", "workerd"],
    faults: ["A gzip body that is cut"],
    endings: lost,
    because: "They report that the body is cut. The others give the part that came.",
  },
  {
    runtimes: ["node-20", "node-22"],
    faults: ["A body that claims to be gzip and is not, after the headers"],
    endings: late,
    because: "Their fetch does not tell that the body is broken, so that the attempt ends by its timeout.",
  },
  {
    runtimes: ["bun"],
    faults: ["Headers of a megabyte"],
    endings: unexpected,
    because: "Bun takes headers of any length, so what it reports is the body that is missing.",
  },
  {
    runtimes: ["node"],
    faults: ["100 Continue before the answer"],
    endings: lost,
    because: "Node takes a 100 that it did not ask for as a broken answer.",
  },
  {
    runtimes: ["workerd"],
    faults: ["100 Continue before the answer", "103 Early Hints before the answer"],
    endings: unexpected,
    because: "workerd takes an informational response for the answer.",
  },
  {
    runtimes: ["workerd"],
    faults: ["Chunks with extensions and a trailer"],
    endings: lost,
    because: "workerd cannot read such a body.",
  },
];
