/**
 * `npm run bench`: sizes, starts and speeds, each beside what somebody would use instead, in one run. It prints tables and writes
 * nothing else. `-- mock` measures one part, of client, command, mock and page; `-- --quick` measures less; `-- official` adds the vendor's
 * SDK, which it installs into a temporary folder.
 */
import { clientBench } from "./client.js";
import { commandBench } from "./command.js";
import { mockBench } from "./mock.js";
import { officialBench } from "./official.js";
import { pageBench } from "./page.js";
import { row } from "./table.js";

const parts = { client: clientBench, command: commandBench, mock: mockBench, page: pageBench, official: officialBench };
const names = Object.keys(parts) as (keyof typeof parts)[];
const chosen = names.filter((name) => process.argv.includes(name));
const usual = names.filter((name) => name !== "official");

row("", "measured", "must", "");
for (const name of chosen.length > 0 ? chosen : usual) await parts[name]();
