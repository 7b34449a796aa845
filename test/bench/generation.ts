/** What a change of the description costs: how long each step takes that makes something of it. */
import { copyProject } from "../support/project.js";
import { steps, takeTime } from "./steps.js";
import { heading, median, quick, row } from "./table.js";

const rounds = quick ? 1 : 5;

export async function generationBench(): Promise<void> {
  heading("Generation");
  await using project = await copyProject();
  for (const [name, step] of Object.entries(steps)) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await takeTime(() => step(project)));
    const spread = `${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)}`;
    row(name, `${median(times).toFixed(1)} s`, "", "", spread);
  }
}
