/** Makes a backup and deletes those that are too many, with a record that outlives a crash. Node only. */
export type { RotationClient } from "./client.js";
export { LockedError, RotationError, type RotationFailure, StateError } from "./errors.js";
export { fileStore } from "./file-store.js";
export type { ListedBackup, MadeBackup, PossibleBackup, Rotation, RotationPlan } from "./listing.js";
export type { RotateOptions } from "./options.js";
export type { Holder } from "./process-identity.js";
export { planRotation, rotate } from "./rotate.js";
export type { RotationService } from "./service.js";
export type { RotationLock, RotationStore } from "./store.js";
