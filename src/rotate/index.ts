/** Makes a backup and deletes those that are too many, with a record that outlives a crash. Node only. */
export { LockedError, RotationError, type RotationFailure, StateError } from "./errors.js";
export { fileStore } from "./file-store.js";
export type { RotateOptions } from "./options.js";
export { planRotation, type RotationClient, rotate } from "./rotate.js";
export type { ListedBackup, MadeBackup, PossibleBackup, Rotation, RotationPlan } from "./rotation.js";
export type { Holder } from "./runner.js";
export type { RotationService } from "./service.js";
export type { RotationLock, RotationStore } from "./store.js";
