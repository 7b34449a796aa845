// Makes the calls that come as JSON on stdin, on the Node that runs this, and prints how they ended.
import { text } from "node:stream/consumers";
import * as pkg from "geminidb-backup";
import { makeCalls } from "./driver.mjs";

console.log(JSON.stringify(await makeCalls(pkg, JSON.parse(await text(process.stdin)))));
