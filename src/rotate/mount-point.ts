import { readFile } from "node:fs/promises";

/** Whether something is mounted at a path. Only Linux tells: see proc(5), `/proc/pid/mountinfo`. */
export async function isMountPoint(path: string): Promise<boolean> {
  const mounts = await readFile("/proc/self/mountinfo", "utf8").catch(() => "");
  return mounts.split("\n").some((line) => line.split(" ")[4] === escaped(path));
}

/** A path as the list has it: the characters that separate its fields and lines are octal numbers, and so is the backslash. */
function escaped(path: string): string {
  return path.replace(/[ \t\n\\]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`);
}
