#!/usr/bin/env node
import { exitCodes } from "./exit-codes.js";
import { endWith, main } from "./main.js";

// `print` reports a failed write. Without this listener, Node would end the process with a stack.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
process.once("uncaughtException", async (error) => {
  await endWith(error, process);
  // Nothing is known of what was under way.
  process.exit(exitCodes.unknown);
});

process.exit(await main(process.argv.slice(2), process));
