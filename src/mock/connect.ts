import { catalogue } from "../../generated/catalogue.js";
import { operationsById } from "./answers.js";
import { ControlLine } from "./control-line.js";
import type { RecordedRequest } from "./journal.js";
import { jsonFault } from "./json.js";
import type { Mock } from "./mock.js";
import { remoteFetch } from "./remote-fetch.js";
import type { PendingReply } from "./replies.js";
import { copyReplies, type Reply } from "./reply.js";

/**
 * Connects to a mock that runs in another process or another thread with `control: true` (`mock --control`), and gives
 * the interface of `startMock`. `requests`, `respond` and the rest do their request at once, so this thread waits
 * meanwhile. `close()` and the end of `await using` end the connection, not the mock, and never verify.
 * @param url as in `mock.url`
 * @throws {Error} in one sentence, when there is no such mock, its control interface is off, or no thread can be started
 */
export async function connectMock(url: string): Promise<Mock> {
  const base = originOf(url);
  const line = await ControlLine.open(base);
  const { seed } = line.checkHealth();
  const close = async () => line.close();
  return {
    url: base,
    fetch: remoteFetch(base, line),
    get requests() {
      return (line.call("GET", "requests") as RecordedRequest[]).map((one) => ({
        ...withoutValue,
        ...one,
        arrived: new Date(one.arrived),
      }));
    },
    get pending() {
      return line.call("GET", "replies") as PendingReply[];
    },
    get backups() {
      return line.call("GET", "backups") as Mock["backups"];
    },
    seed,
    respond(operationId, ...replies) {
      line.call("POST", "replies", { [operationId]: checkedReplies(operationId, replies) });
    },
    verify() {
      line.call("GET", "verify");
    },
    reset() {
      line.call("POST", "reset");
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The properties that JSON leaves out where they are undefined. */
const withoutValue = { operationId: undefined, body: undefined, code: undefined, answerBody: undefined };

/** Checked here as well, because JSON would drop what is not data, such as a function. */
function checkedReplies(operationId: string, replies: readonly Reply[]): readonly Reply[] {
  const operation = operationsById.get(operationId);
  if (operation) return copyReplies(operation, replies);
  // The mock may be of a version that knows it.
  const fault = jsonFault(replies);
  if (fault !== undefined) throw new TypeError(`${operationId}: each reply ${fault}`);
  return replies;
}

function originOf(url: string): string {
  try {
    const { origin } = new URL(url);
    if (origin !== "null") return origin;
  } catch {
    // The error below says what was wrong, without the URL's own message.
  }
  throw new TypeError(
    `connectMock needs the address of a mock, such as http://127.0.0.1:${catalogue.mockPort}, not ${JSON.stringify(url)}`,
  );
}
