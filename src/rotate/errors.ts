import { sentences } from "../client/sentences.js";
import { reasonOf } from "../client/untrusted.js";
import { isNameTaken } from "./create-refusals.js";
import type { MadeBackup, Rotation } from "./listing.js";
import type { Holder } from "./process-identity.js";

/** Another run holds the lock. If `rotate` rejects with it, nothing was sent: try again when that run has ended. */
export class LockedError extends Error {
  override readonly name = "LockedError";
  /** The run that holds the lock; undefined while it is still making it. */
  readonly holder: Holder | undefined;

  constructor(message: string, holder: Holder | undefined) {
    super(message);
    this.holder = holder;
  }
}

/**
 * The state cannot be used: it is damaged, from a newer version, of another rotation, or it cannot be read or written.
 * When `rotate` rejects with it, nothing was sent.
 */
export class StateError extends Error {
  override readonly name = "StateError";
}

/** What went wrong in a step of a rotation. */
export interface RotationFailure {
  /** `record` means that a step was carried out, but could not be written to the state. */
  readonly step: "create" | "delete" | "record";
  /** The name of the backup. */
  readonly backup: string;
  /** What the client or the store threw, or the reason of the signal. */
  readonly error: unknown;
  /** Whether the step may have been carried out nevertheless. */
  readonly isUnknown?: boolean;
  /** Whether the step was not begun, because the caller had ended the rotation, or the state could not be written. */
  readonly isSkipped?: boolean;
}

/** A rotation that was not carried out as a whole. It says what was done nevertheless. */
export class RotationError extends Error {
  override readonly name = "RotationError";
  /** What was made, deleted and kept, and what is not known. */
  readonly rotation: Rotation;
  /** Every failure in the order of the steps. There is at least one; `cause` is the error of the first. */
  readonly failures: readonly RotationFailure[];

  constructor(failures: readonly RotationFailure[], rotation: Rotation) {
    const said = failures.flatMap((failure) => sentencesOf(failure, rotation));
    const message = sentences(...said, madeNevertheless(failures, rotation));
    super(message, { cause: failures[0]?.error });
    this.failures = failures;
    this.rotation = rotation;
  }
}

const verbs = { create: "made", delete: "deleted", record: "recorded" };

/** The backup that was made, if this failure is that the state does not list it as made. */
export function unrecordedBackup({ step, backup }: RotationFailure, { made }: Rotation): MadeBackup | undefined {
  return step === "record" ? made.find(({ name }) => name === backup) : undefined;
}

function sentencesOf(failure: RotationFailure, rotation: Rotation): string[] {
  const { step, backup, error, isUnknown } = failure;
  const reason = reasonOf(error);
  if (step === "record" && rotation.deleted.some(({ name }) => name === backup)) {
    return [`${backup} was deleted, but the state still lists it: ${reason}`, "The next run repeats the delete"];
  }
  const unrecorded = unrecordedBackup(failure, rotation);
  if (unrecorded) {
    return [`${backup} was made with the ID ${unrecorded.backup_id}, but the state lists it as unknown: ${reason}`];
  }
  const verb = verbs[step];
  const fact = isUnknown ? `it is not known whether ${backup} was ${verb}` : `${backup} was not ${verb}`;
  return [`${fact}: ${reason}`, isUnknown && isNameTaken(error) ? whyNameIsTaken : ""];
}

/** The advice of the service's error code is meant for callers who choose the name themselves. */
const whyNameIsTaken =
  "The name ends in random digits, so a proxy has probably sent this create twice, and the backup exists";

/**
 * When only deletes failed, says that the backup was made: the message of a delete may say "Nothing was started", which would be
 * misread.
 */
function madeNevertheless(failures: readonly RotationFailure[], { made }: Rotation): string {
  const [backup] = made;
  const isDeleteOnly = failures.every(({ step, isSkipped }) => step === "delete" && !isSkipped);
  if (backup === undefined || !isDeleteOnly) return "";
  return `Only the delete failed: ${backup.name} was made, and the next run repeats the delete`;
}
