/** Uses every export of `geminidb-backup/rotate`, and every option. It is compiled, and never run. */
import { createClient } from "geminidb-backup";
import {
  fileStore,
  type Holder,
  type ListedBackup,
  LockedError,
  type MadeBackup,
  type PossibleBackup,
  planRotation,
  type RotateOptions,
  type Rotation,
  type RotationClient,
  RotationError,
  type RotationFailure,
  type RotationLock,
  type RotationPlan,
  type RotationService,
  type RotationStore,
  rotate,
  StateError,
} from "geminidb-backup/rotate";

const service: RotationService = {
  project_id: "project",
  region: "ap-southeast-1",
  baseUrl: "http://127.0.0.1:4010",
  allowInsecure: true,
};
const client: RotationClient = createClient({ ...service, auth: "token" });
const lock: RotationLock = { release: async () => {} };
const ownStore: RotationStore = {
  name: "a store of one's own",
  check: async () => {},
  lock: async () => lock,
  read: async () => undefined,
  write: async (text: string) => void text,
};
const options: RotateOptions = {
  service,
  instance_id: "instance",
  namePrefix: "nightly",
  keep: 7,
  store: fileStore("nightly.json"),
  description: "A description",
  database_tables: [{ database_name: "one" }],
  deleteAnyway: true,
  found: { "nightly-1": "none" },
  signal: new AbortController().signal,
};
const plan: RotationPlan = await planRotation({ ...options, store: ownStore });
export const planned: string[] = [...plan.made, ...plan.deleted, ...plan.kept].map(({ name }) => name);
const rotation: Rotation = await rotate(client, options);
const made: readonly MadeBackup[] = rotation.made;
const listed: readonly ListedBackup[] = [...rotation.deleted, ...rotation.kept];
const unknown: readonly PossibleBackup[] = rotation.unknown;
export const seen = [made[0]?.job_id, listed[0]?.backup_id, unknown[0]?.since];

export function describe(error: unknown): string {
  if (error instanceof RotationError) return [error.rotation.kept.length, ...error.failures.map(sentence)].join();
  if (error instanceof LockedError) {
    const holder: Holder | undefined = error.holder;
    return `${holder?.id} ${holder?.since}`;
  }
  if (error instanceof StateError) return error.message;
  throw error;
}
const sentence = ({ step, backup, error, isUnknown, isSkipped }: RotationFailure) =>
  [step, backup, error, isUnknown, isSkipped].join();
