/** Node writes what it counted at the end of a process. Vitest ends its own without a chance for that, so it is done here. */
import { ChildProcess } from "node:child_process";
import { takeCoverage } from "node:v8";
import { afterAll } from "vitest";

/** What `spawn` and `execFile` hand to the operating system: variables as NAME=value. */
interface Start {
  envPairs: string[];
}
const { prototype } = ChildProcess as unknown as { prototype: { spawn(start: Start): number } };
const { spawn } = prototype;
// Many tests give a process no variables but its own.
prototype.spawn = function (start) {
  start.envPairs.push(`NODE_V8_COVERAGE=${process.env.NODE_V8_COVERAGE}`);
  return spawn.call(this, start);
};
afterAll(() => {
  prototype.spawn = spawn;
  takeCoverage();
});
