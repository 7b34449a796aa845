/**
 * `npm run bench`: sizes, starts and speeds, each beside what somebody would use instead, in one run. It prints tables.
 *
 * - `-- mock` measures one part: client, command, mock, page, generation, growth, lighthouse or official. `--growth` is another way to say growth,
 *   which ends with 1 when it misses a number.
 * - `-- --quick` measures less.
 * - `-- lighthouse` and `-- official`, the vendor's SDK, install what they measure with into a temporary folder.
 * - `-- --write` measures every part, and writes docs/benchmarks.md.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../support/project.js";
import { clientBench } from "./client.js";
import { commandBench } from "./command.js";
import { generationBench } from "./generation.js";
import { growthBench } from "./growth.js";
import { lighthouseBench } from "./lighthouse.js";
import { mockBench } from "./mock.js";
import { officialBench } from "./official.js";
import { pageBench } from "./page.js";
import { markdown, row } from "./table.js";

const parts = {
  client: clientBench,
  command: commandBench,
  mock: mockBench,
  page: pageBench,
  generation: generationBench,
  growth: growthBench,
  lighthouse: lighthouseBench,
  official: officialBench,
};
const names = Object.keys(parts) as (keyof typeof parts)[];
const given = process.argv.slice(2).map((argument) => argument.replace(/^--/, ""));
const isWriting = given.includes("write");
const seldom = ["generation", "growth", "lighthouse", "official"];
const usual = names.filter((name) => !seldom.includes(name));
const named = names.filter((name) => given.includes(name));
const chosen = named.length > 0 ? named : usual;

row("", "measured", "must", "", "spread");
for (const name of isWriting ? names : chosen) await parts[name]();
if (isWriting) await writeFile(join(root, "docs", "benchmarks.md"), markdown());
