/** How a call ends. */
export interface End {
  /** The class of the error; "resolves", or "the signal's reason" where the caller ended the call. */
  result: string;
  /** What is known then. Undefined where there is no error of ours. */
  outcome?: "not-sent" | "refused" | "unknown";
  /** Of an `ApiError`. */
  retryable?: boolean;
  attempts: number;
}

/** How a call ends without retries, and with two. */
export interface Ending {
  without: End;
  withTwo: End;
}

/** How the two operations end. */
export interface Endings {
  create: Ending;
  delete: Ending;
}

type Known = Omit<End, "attempts">;

function ending(known: Known, without: number, withTwo: number): Ending {
  return { without: { ...known, attempts: without }, withTwo: { ...known, attempts: withTwo } };
}

/** Both operations are tried once. */
function once(known: Known): Endings {
  return { create: ending(known, 1, 1), delete: ending(known, 1, 1) };
}

/** Both operations are repeated. */
function repeated(known: Known): Endings {
  return { create: ending(known, 1, 3), delete: ending(known, 1, 3) };
}

/** Only the delete is repeated, since nobody knows whether a create has made its backup. */
function deleteRepeated(known: Known): Endings {
  return { create: ending(known, 1, 1), delete: ending(known, 1, 3) };
}

/** How the operations end with retries, where more happens than the same once more. */
export function withRetries(endings: Endings, create: End, remove: End = create): Endings {
  return {
    create: { without: endings.create.without, withTwo: create },
    delete: { without: endings.delete.without, withTwo: remove },
  };
}

export const resolves = once({ result: "resolves" });
/** Ended by the signal of the caller. */
export const stopped = once({ result: "the signal's reason" });

/** It failed before a connection existed. */
export const notConnected = repeated({ result: "ConnectionError", outcome: "not-sent" });
/** The certificate was not accepted, and will not be the next time. */
export const notTrusted = once({ result: "ConnectionError", outcome: "not-sent" });
/** The request left, and no whole answer came back. */
export const lost = deleteRepeated({ result: "ConnectionError", outcome: "unknown" });
export const late = deleteRepeated({ result: "TimeoutError", outcome: "unknown" });
export const noCredentials = once({ result: "AuthenticationError", outcome: "not-sent" });
export const noCredentialsNow = repeated({ result: "AuthenticationError", outcome: "not-sent" });
export const credentialsLate = repeated({ result: "TimeoutError", outcome: "not-sent" });

/** Answered, but not as described. */
export const unexpected = once({ result: "UnexpectedResponseError", outcome: "unknown" });
export const refused = once({ result: "ApiError", outcome: "refused", retryable: false });
/** The answer proves that nothing was started. */
export const refusedForNow = repeated({ result: "ApiError", outcome: "refused", retryable: true });
/** Repeating may help, but later than the client waits. */
export const refusedForLong = once({ result: "ApiError", outcome: "refused", retryable: true });
/** The service failed, and says that the same request may succeed later. */
export const failedForNow: Endings = {
  create: ending({ result: "ApiError", outcome: "unknown", retryable: false }, 1, 1),
  delete: ending({ result: "ApiError", outcome: "unknown", retryable: true }, 1, 3),
};
export const failed = once({ result: "ApiError", outcome: "unknown", retryable: false });
/** Refused with the first credential, and with the second. */
export const refusedTwice: Endings = {
  create: ending({ result: "ApiError", outcome: "refused", retryable: false }, 2, 2),
  delete: ending({ result: "ApiError", outcome: "refused", retryable: false }, 2, 2),
};
/** Refused with the first credential, and accepted with the second. */
export const resolvesAtTheSecond: Endings = {
  create: ending({ result: "resolves" }, 2, 2),
  delete: ending({ result: "resolves" }, 2, 2),
};
