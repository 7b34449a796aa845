import type { ProjectClient } from "../client/client.js";

/** What a rotation needs of a client. The client must have a project. */
export type RotationClient = Pick<ProjectClient, "createManualBackup" | "deleteManualBackup">;
