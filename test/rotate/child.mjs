// One rotation in a process of its own: node child.mjs <url of the service> <state> [<number of the step to die at>]
import { createClient } from "geminidb-backup";
import { fileStore, LockedError, rotate } from "geminidb-backup/rotate";

const [url, state, deadlyStep] = process.argv.slice(2);
let steps = 0;

/** Dies as a crash would, without a chance to clean up. */
function step() {
  steps += 1;
  if (steps === Number(deadlyStep)) process.kill(process.pid, "SIGKILL");
}

/** The same function, with a step before and after it. */
function stepped(work) {
  return async (...parameters) => {
    step();
    const result = await work(...parameters);
    step();
    return result;
  };
}

const service = { baseUrl: url, project_id: "p" };
const { createManualBackup, deleteManualBackup } = createClient({ ...service, auth: "t", retries: 0 });
const client = { createManualBackup: stepped(createManualBackup), deleteManualBackup: stepped(deleteManualBackup) };
const file = fileStore(state);
const lock = stepped(file.lock);
const store = {
  ...file,
  read: stepped(file.read),
  write: stepped(file.write),
  lock: async () => {
    const { release } = await lock().then((held) => ({ release: stepped(() => held.release()) }));
    return { release };
  },
};

try {
  await rotate(client, { service, instance_id: "i", namePrefix: "nightly", keep: 2, store });
  console.log("done");
} catch (error) {
  console.log(error instanceof LockedError ? `locked by ${error.holder?.pid}` : `failed: ${error.message}`);
}
