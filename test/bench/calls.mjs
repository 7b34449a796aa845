// Creates, each way in turn, so that whatever else the machine does meets all alike.

import { createClient } from "geminidb-backup";
import createFetchClient from "openapi-fetch";
import { inTurn } from "./in-turn.mjs";

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
process.send(await inTurn(ways, count));
process.disconnect();
