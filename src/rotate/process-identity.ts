import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import { textOf } from "../client/untrusted.js";

/** Identifies a process across reboots, containers and machines. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** Where the number of the process is valid: the running system and, in a container, its own numbers. */
  readonly machine: string;
  /** When the process started, as the system counts; empty where that is not known. Process IDs are reused. */
  readonly started: string;
}

/** A run that holds a lock. */
export interface Holder extends ProcessIdentity {
  /** Tells this lock from every other. */
  readonly id: string;
  /** When the lock was taken: a date and time in ISO 8601, UTC. */
  readonly since: string;
}

/** This process. */
export async function identifySelf(): Promise<ProcessIdentity> {
  const { started } = await statusOf(process.pid);
  return { pid: process.pid, host: hostname(), machine: await identifyMachine(), started };
}

/**
 * Whether a process still runs. Those of other machines and containers cannot be asked. Neither can one whose start is not
 * known, because another process may have got its number: only Linux tells, and `/proc` may hide the processes of other users.
 */
export async function isRunning({
  pid,
  host,
  machine,
  started,
}: ProcessIdentity): Promise<"yes" | "no" | "cannot-be-asked"> {
  if (host !== hostname() || machine !== (await identifyMachine())) return "cannot-be-asked";
  if (!exists(pid)) return "no";
  const status = await statusOf(pid);
  if (status.isZombie) return "no";
  if (started === "" || status.started === "") return "cannot-be-asked";
  return status.started === started ? "yes" : "no";
}

/** The ID of this boot and of the set of process IDs, as Linux tells them; elsewhere a blank. */
async function identifyMachine(): Promise<string> {
  const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  const numbers = await readlink("/proc/self/ns/pid").catch(() => "");
  return `${boot.trim()} ${numbers}`;
}

/** What Linux says of a process: see proc(5), `/proc/pid/stat`. The start is empty where it says nothing. */
async function statusOf(pid: number): Promise<{ isZombie: boolean; started: string }> {
  const text = await readFile(`/proc/${pid}/stat`, "latin1").catch(() => "");
  // The second field is the name in parentheses, in which anything may stand.
  const [state = "", ...others] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { isZombie: state === "Z", started: others[18] ?? "" };
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user cannot be signalled, but it is there.
    return textOf(error, "code") === "EPERM";
  }
}
