// Creates, each way in turn, so that whatever else the machine does meets all alike.

import { createClient } from "geminidb-backup";
import createFetchClient from "openapi-fetch";

const [baseUrl, count] = [process.argv[2], Number(process.argv[3])];
const body = { name: "nightly", description: "", database_tables: [{ database_name: "a", table_names: ["b"] }] };
const headers = { "content-type": "application/json", accept: "application/json", "x-auth-token": "a-token" };
const url = `${baseUrl}/v3/p/instances/i/backups`;
const ours = createClient({ baseUrl, project_id: "p", auth: "a-token" });
const plain = createFetchClient({ baseUrl, headers: { accept: "application/json", "x-auth-token": "a-token" } });

const ways = {
  // What somebody writes who wants the same: no redirect followed but its target told, a timeout, a limit, a checked answer.
  same: async () => {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), 30_000);
    try {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        redirect: "manual",
        signal: controller.signal,
      });
      if (response.status >= 300) throw new Error(`${response.status} ${response.headers.get("location")}`);
      let text = "";
      let size = 0;
      const decoder = new TextDecoder();
      for await (const chunk of response.body) {
        size += chunk.length;
        if (size > 2 ** 20) throw new Error("too long");
        text += decoder.decode(chunk, { stream: true });
      }
      const result = JSON.parse(text);
      if (typeof result.backup_id !== "string" || typeof result.job_id !== "string")
        throw new Error("not as described");
      return result;
    } finally {
      clearTimeout(timer);
    }
  },
  fetch: async () => (await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })).json(),
  ours: () => ours.createManualBackup({ instance_id: "i", ...body }),
  "openapi-fetch": () =>
    plain.POST("/v3/{project_id}/instances/{instance_id}/backups", {
      params: { path: { project_id: "p", instance_id: "i" } },
      body,
    }),
};
const median = (list) => list.sort((a, b) => a - b)[list.length >> 1];
// In blocks: what one call leaves to be cleaned up is then its own kind's to pay for.
const block = 25;
/** The median of each round, and a round has several blocks of each way. */
const rounds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
const blocksOfRound = Math.max(1, Math.floor(count / block / 10));
let times = {};
const endRound = () => {
  for (const [name, list] of Object.entries(times)) rounds[name].push(median(list));
  times = {};
};
let blocks = 0;
for (let i = -2000; i < count; i += block) {
  for (const name of Object.keys(ways).sort(() => Math.random() - 0.5)) {
    for (let k = 0; k < block; k++) {
      const began = performance.now();
      await ways[name]();
      if (i < 0) continue;
      times[name] ??= [];
      times[name].push(performance.now() - began);
    }
  }
  if (i < 0) continue;
  blocks += 1;
  if (blocks % blocksOfRound === 0) endRound();
}
endRound();
process.send(rounds);
process.disconnect();
