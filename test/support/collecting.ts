import { root, run } from "./project.js";

/**
 * Makes a call in a process of its own that frees memory all the time: a runtime follows the signal of a Request only as long as
 * somebody holds the Request.
 * @param script starts the call, as `call`
 * @returns the exit code, which says that the process ended by itself, and the name of the error with which the call ended
 */
export async function callWhileCollecting(script: string): Promise<[code: number, name: string]> {
  const whole = `${script}
    const collecting = setInterval(() => globalThis.gc(), 50);
    await call.catch((error) => console.log(error.name));
    clearInterval(collecting);`;
  const args = ["--expose-gc", "--input-type=module", "-e", whole];
  const { code, stdout } = await run(process.execPath, args, { cwd: root, timeout: 15_000 });
  return [code, stdout.trimEnd()];
}
