/** What became of the backups of a rotation. Each list begins with the oldest. */
export interface Rotation {
  /** The backup that was made; none, when the create failed. */
  readonly made: readonly MadeBackup[];
  /** Those that were deleted, or that were gone already. */
  readonly deleted: readonly ListedBackup[];
  /** Those that exist, the new one included. A backup whose delete failed is among them. */
  readonly kept: readonly ListedBackup[];
  /** Those that may exist. Look for them in the console, and say in `found` what you found. */
  readonly unknown: readonly PossibleBackup[];
}

/** A backup as the service accepted it. */
export interface MadeBackup extends ListedBackup {
  readonly job_id: string;
}

/** What a rotation would do. */
export interface RotationPlan extends Omit<Rotation, "made" | "kept"> {
  /** The name of the backup that would be made now. */
  readonly made: readonly { readonly name: string }[];
  /** Those that exist now and would be kept. The new one, which has no ID yet, is not among them. */
  readonly kept: readonly ListedBackup[];
}

/** A backup that the service has accepted. */
export interface ListedBackup {
  readonly name: string;
  readonly backup_id: string;
  /** When it was asked for: a date and time in ISO 8601, UTC. */
  readonly since: string;
}

/** A backup that was asked for, and that may exist: the answer was lost, or the process ended before it came. */
export interface PossibleBackup {
  readonly name: string;
  /** When it was asked for: a date and time in ISO 8601, UTC. */
  readonly since: string;
}
