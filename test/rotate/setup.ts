import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientOptions, ProjectClient } from "geminidb-backup";
import { type Mock, type MockOptions, type ServerOptions, startMock } from "geminidb-backup/mock";
import { fileStore, type RotateOptions, type RotationService, rotate } from "geminidb-backup/rotate";
import { clientOf } from "../support/calls.js";

/** What the tests of rotations work with: a mock, a client of it, and a state in a folder of its own. */
export interface Setup {
  mock: Mock;
  client: ProjectClient;
  state: string;
  /** The usual options of a rotation with this mock and this state. */
  options: RotateOptions;
  /** Rotates, with these options in place of the usual ones. */
  rotate(changes?: Partial<RotateOptions>): ReturnType<typeof rotate>;
  /** The records of the state. */
  records(): Promise<{ name: string; status: string; backup_id?: string }[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function setup(
  mockOptions: ServerOptions & MockOptions = {},
  clientOptions: Partial<ClientOptions> = {},
): Promise<Setup> {
  const mock = await startMock({ port: 0, backups: [], ...mockOptions });
  const client = clientOf(mock.url, clientOptions);
  const state = join(await newFolder(), "nightly.json");
  const options: RotateOptions = {
    service: serviceOf(mock.url),
    instance_id: "i",
    namePrefix: "nightly",
    keep: 3,
    store: fileStore(state),
  };
  return {
    mock,
    client,
    state,
    options,
    rotate: (changes = {}) => rotate(client, { ...options, ...changes }),
    records: () => recordsOf(state),
    [Symbol.asyncDispose]: () => mock.close(),
  };
}

/** What the client of these tests calls at a URL. */
export const serviceOf = (baseUrl: string): RotationService => ({ baseUrl, project_id: "p" });

export const newFolder = () => mkdtemp(join(tmpdir(), "geminidb-backup-rotate-"));

export async function recordsOf(state: string): Promise<{ name: string; status: string; backup_id?: string }[]> {
  const text = await readFile(state, "utf8").catch(() => '{ "backups": [] }');
  return JSON.parse(text).backups;
}

export const namesOf = (backups: readonly { name?: unknown }[]) => backups.map(({ name }) => name);
