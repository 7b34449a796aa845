/** A rotation that is killed at any moment loses no backup, and doubles none. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { times } from "../support/scale.js";
import { namesOf, recordsOf, type Setup, setup } from "./setup.js";

const child = fileURLToPath(new URL("child.mjs", import.meta.url));

interface Ending {
  signal: string | null;
  output: string;
}

/** Rotates in a process of its own, which is killed after some milliseconds, or kills itself at a step. */
function rotateApart(house: Setup, { step, after }: { step?: number; after?: number } = {}): Promise<Ending> {
  const parameters = [child, house.mock.url, house.state, ...(step === undefined ? [] : [String(step)])];
  const running = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "inherit"] });
  const timer = after === undefined ? undefined : setTimeout(() => running.kill("SIGKILL"), after);
  let output = "";
  running.stdout.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    running.once("close", (_, signal) => {
      clearTimeout(timer);
      resolve({ signal, output: output.trim() });
    });
  });
}

/** Compares what the state lists with what the service holds. */
async function expectNothingLost({ mock, state }: Setup): Promise<void> {
  const records = await recordsOf(state);
  const listed = (status: string) => records.filter((record) => record.status === status);
  const held = mock.backups.map(({ backup_id }) => backup_id);
  for (const { name, backup_id } of mock.backups) {
    const isListed = records.some((record) => record.backup_id === backup_id);
    expect(isListed || namesOf(listed("unknown")).includes(name), `the state lists ${name}`).toBe(true);
  }
  for (const { backup_id } of listed("made")) expect(held).toContain(backup_id);
  const asked = mock.requests.filter(({ method }) => method === "POST").map(({ body }) => Object(body).name);
  expect(new Set(asked).size, "no name is sent twice").toBe(asked.length);
}

it("at each step", async () => {
  await using house = await setup({ backups: [] });
  for (let run = 1; run <= 3; run++) expect(await rotateApart(house)).toEqual({ signal: null, output: "done" });
  let deaths = 0;
  for (let step = 1; ; step++) {
    const { signal, output } = await rotateApart(house, { step });
    await expectNothingLost(house);
    if (signal === null) {
      expect(output).toBe("done");
      break;
    }
    deaths += 1;
  }
  // Lock, read, and for each of create, two notes, and delete a write before and after it: each begins and ends.
  expect(deaths).toBeGreaterThanOrEqual(14);
  // Every backup that a death left in the dark is named by a run that is left alone.
  const { unknown, kept } = await house.rotate({ keep: 2 });
  const known = [...namesOf(unknown), ...namesOf(kept)];
  for (const name of namesOf(house.mock.backups)) expect(known).toContain(name);
  expect(kept).toHaveLength(2);
});

it(`at ${times(10, 1000)} random moments`, async () => {
  await using house = await setup({ backups: [], latency: 5 });
  // How long a rotation takes here and now, when nothing else disturbs it.
  let usually = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const begin = performance.now();
    await rotateApart(house);
    usually = Math.min(usually, performance.now() - begin);
  }
  let deaths = 0;
  for (let run = 0; run < times(10, 1000); run++) {
    const { signal } = await rotateApart(house, { after: usually * (0.4 + 0.6 * Math.random()) });
    if (signal !== null) deaths += 1;
    await expectNothingLost(house);
  }
  expect(deaths).toBeGreaterThan(0);
  // Somebody looks for what is unknown, and from then on all is as if nothing had happened. A run that died while it made its lock
  // has left an empty one, which is in the way for ten seconds.
  const { unknown } = await vi.waitFor(() => house.rotate({ keep: 2 }), { timeout: 15_000, interval: 500 });
  const found = Object.fromEntries(
    unknown.map(({ name }) => [
      name,
      String(house.mock.backups.find((backup) => backup.name === name)?.backup_id ?? "none"),
    ]),
  );
  const last = await house.rotate({ keep: 2, found });
  expect(last.unknown).toEqual([]);
  expect(namesOf(house.mock.backups)).toEqual(namesOf(last.kept));
  expect(last.kept).toHaveLength(2);
});

it("two at once: one does it, the others say who does", async () => {
  await using house = await setup({ backups: [], latency: 8_000 });
  const first = rotateApart(house);
  await expect.poll(() => house.mock.requests.length).toBe(1);
  const others = await Promise.all([rotateApart(house), rotateApart(house)]);
  for (const { output } of others) expect(output).toMatch(/^locked by \d+$/);
  expect((await first).output).toBe("done");
  expect(house.mock.requests).toHaveLength(1);
  await expectNothingLost(house);
});

it("many at once after one that died: one after the other takes its place, never two at a time", async () => {
  const latency = 700;
  await using house = await setup({ backups: [], latency });
  // It dies while it holds the lock.
  expect((await rotateApart(house, { step: 4 })).signal).toBe("SIGKILL");
  const endings = await Promise.all(Array.from({ length: 6 }, () => rotateApart(house)));
  const done = endings.filter(({ output }) => output === "done");
  expect(done.length).toBeGreaterThan(0);
  expect(endings.every(({ output }) => output === "done" || output.startsWith("locked by "))).toBe(true);
  // On a busy machine one may begin when another has ended. While one waits for its answer, no other sends a request.
  const arrivals = house.mock.requests.map(({ arrived }) => arrived.getTime());
  for (const [index, arrived] of arrivals.entries()) {
    const before = arrivals[index - 1];
    if (before !== undefined) expect(arrived - before).toBeGreaterThan(latency - 50);
  }
});
