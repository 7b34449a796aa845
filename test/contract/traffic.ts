/**
 * The end of `npm test`: the traffic of its mocks, given to redocly drift. No answer may differ from the description, and every
 * operation, parameter, property and status must have been exercised.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../support/project.js";
import { drift } from "./run.js";

const folder = join(root, "dist", "traffic");
const base = "http://mock.test";
interface Entry {
  /** Set by the mock where a test asked for a broken answer. */
  comment?: string;
  request: { url: string };
}

try {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".har"));
  const logs = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")).log as { entries: Entry[] }),
  );
  // Every mock had a port of its own.
  const entries = logs
    .flatMap(({ entries }) => entries.filter(({ comment }) => !comment))
    .map((entry) => ({
      ...entry,
      request: { ...entry.request, url: entry.request.url.replace(/^http:\/\/[^/]+/, base) },
    }));
  const all = join(folder, "all.json");
  await writeFile(all, JSON.stringify({ log: { ...logs[0], entries } }));
  const { findings, coverage } = await drift(all, base);
  for (const finding of findings) console.error(finding);
  const parts = Object.entries(coverage).map(([what, { covered, total }]) => `${covered} of ${total} ${what}`);
  console.log(
    `drift: ${entries.length} exchanges of ${names.length} test files, ${findings.length} findings; covered ${parts.join(", ")}`,
  );
  if (!entries.length || findings.length || Object.values(coverage).some(({ covered, total }) => covered !== total))
    process.exitCode = 1;
} catch (error) {
  console.error(`drift: ${(error as Error).message}`);
  process.exitCode = 1;
}
