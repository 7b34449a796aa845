import type { Credential } from "./auth/credential.js";
import type { Failure } from "./failure.js";

/** How far an attempt has come. */
export type Stage = "authorizing" | "sending" | "receiving";

/** What one attempt led to. */
export type AttemptResult = Answered | Unexpected | NoAnswer | NoOtherCredential;

export interface Answered {
  kind: "answered";
  /** The response, with its body already read and without secrets. */
  response: Response;
  /** What it says, if its status is 4xx or 5xx. */
  failure: Failure | undefined;
  credential: Credential;
}
/** An answer came, but not one that the API gives. */
export interface Unexpected {
  kind: "unexpected";
  status: number;
  fault: string;
  body: string | undefined;
}
export interface NoAnswer {
  kind: "no-answer";
  stage: Stage;
  thrown: unknown;
}
/** The last credential was refused, and there is no other, so this attempt sent nothing. */
export interface NoOtherCredential {
  kind: "no-other-credential";
}
