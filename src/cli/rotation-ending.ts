import type { CatalogueOperation } from "../../generated/catalogue.js";
import { ApiError } from "../client/errors.js";
import { readFailure } from "../client/failure.js";
import { sentences } from "../client/sentences.js";
import { isAccountFull } from "../rotate/create-refusals.js";
import { unrecordedBackup } from "../rotate/errors.js";
import {
  LockedError,
  type RotateOptions,
  type Rotation,
  RotationError,
  type RotationFailure,
  StateError,
} from "../rotate/index.js";
import { type ExitCode, exitCodes } from "./exit-codes.js";
import { type Ending, endingFor, endingOfCall } from "./failure.js";
import { Interruption } from "./interrupt.js";

/** From the failure that a person must look at first to the one that needs nothing but time. */
const byUrgency: readonly ExitCode[] = [
  exitCodes.unknown,
  exitCodes.credentials,
  exitCodes.usage,
  exitCodes.refused,
  exitCodes.deleteLater,
  exitCodes.tryLater,
];

/**
 * The exit code and the message for what a rotation threw.
 * @param signal the signal that may have ended it
 * @param isShown whether standard output says what was done nevertheless
 */
export function endingForRotation(error: unknown, signal?: AbortSignal, isShown = true): Ending {
  const interruption = signal?.reason instanceof Interruption ? signal.reason : undefined;
  if (error instanceof RotationError) {
    return { code: interruption?.code ?? mostUrgentCode(error, isShown), message: error.message };
  }
  if (error instanceof Interruption) return { code: error.code, message: sentences(error.message, "Nothing was sent") };
  if (error instanceof LockedError) return { code: exitCodes.tryLater, message: error.message };
  if (error instanceof StateError) {
    return { code: exitCodes.usage, message: sentences(error.message, "Nothing was sent") };
  }
  return endingFor(error);
}

/**
 * What to do if the account has no room for another backup. Nobody knows for certain that this is why the service refused, so the
 * sentence begins with "if".
 */
export function hintForFullAccount(
  { failures, rotation }: RotationError,
  create: CatalogueOperation,
  { keep, deleteAnyway = false }: Pick<RotateOptions, "keep" | "deleteAnyway">,
): string {
  const mayBeFull = failures.some(({ step, error }) => step === "create" && isAccountFull(error, create));
  const { length } = rotation.kept;
  if (!mayBeFull) return "";
  // The last backup is never deleted.
  if (length < 2)
    return "If the quota is used up, delete a backup that this rotation did not make, or ask for a higher quota: it never deletes its last one";
  if (deleteAnyway && rotation.deleted.length > 0) return "";
  if (length > keep && !deleteAnyway)
    return "If the quota is used up, run it once with --delete-anyway: it deletes the backups beyond --keep although no new one was made";
  return "If the quota is used up, give a smaller --keep, once together with --delete-anyway: the new backup is made before an old one is deleted";
}

/** What to tell the next run of a backup that was made, and that the state lists as unknown. */
export function hintForUnrecorded({ failures, rotation }: RotationError): string {
  const [unrecorded] = failures.flatMap((failure) => unrecordedBackup(failure, rotation) ?? []);
  return unrecorded ? `Tell the next run: --found ${unrecorded.name}=${unrecorded.backup_id}` : "";
}

/** The most urgent code of all failures. */
function mostUrgentCode({ failures, rotation }: RotationError, isShown: boolean): ExitCode {
  const codes = failures.map((failure) => codeOf(failure, rotation));
  // For whoever reads standard output, what was done is lost like an answer that was never received.
  if (hasDone(rotation) && !isShown) codes.push(exitCodes.unknown);
  return byUrgency.find((code) => codes.includes(code)) ?? exitCodes.refused;
}

function codeOf(failure: RotationFailure, rotation: Rotation): ExitCode {
  const { step, error, isUnknown = false, isSkipped = false } = failure;
  const later = rotation.made.length > 0 ? exitCodes.deleteLater : exitCodes.tryLater;
  // The step was not begun, and the state lists all that was done before it, so the next run takes it up.
  if (isSkipped) return later;
  // A step was carried out that the state does not list. Any other code would promise that nothing was done.
  if (step === "record") return exitCodes.unknown;
  // The backup may exist, whatever the error says of its own request.
  if (step === "create" && isUnknown) return exitCodes.unknown;
  const code = codeOfError(error, rotation);
  // The state lists the delete, so that the next run repeats it. What the service refuses for good, it refuses then, too.
  const mayPass = code === exitCodes.tryLater || code === exitCodes.unknown || mayBeAcceptedLater(error);
  return step === "delete" && mayPass ? later : code;
}

function codeOfError(error: unknown, rotation: Rotation): ExitCode {
  const { code } = endingOfCall(error);
  // The service was reached a moment ago, so a certificate that is not accepted any more is a temporary fault.
  return code === exitCodes.usage && hasDone(rotation) ? exitCodes.tryLater : code;
}

function hasDone({ made, deleted }: Rotation): boolean {
  return made.length > 0 || deleted.length > 0;
}

function mayBeAcceptedLater(error: unknown): boolean {
  return ApiError.is(error) && readFailure(error.status, error.body).rule?.later === true;
}
