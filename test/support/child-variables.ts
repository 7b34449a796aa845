import { ChildProcess } from "node:child_process";

/** What `spawn` and `execFile` hand to the operating system: variables as NAME=value. */
interface Start {
  envPairs: string[];
}
const { prototype } = ChildProcess as unknown as { prototype: { spawn(start: Start): number } };

/**
 * Gives every process that is started from here on these variables, also one that is started with none but its own.
 * @returns what ends that
 */
export function giveChildren(variables: () => Readonly<Record<string, string>>): () => void {
  const { spawn } = prototype;
  prototype.spawn = function (start) {
    for (const [name, value] of Object.entries(variables())) start.envPairs.push(`${name}=${value}`);
    return spawn.call(this, start);
  };
  return () => {
    prototype.spawn = spawn;
  };
}
