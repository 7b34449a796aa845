import { fork } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../support/project.js";
import { withInstalled } from "./install.js";
import { heading, milliseconds, quick, ratio, row } from "./table.js";

const core = "@huaweicloud/huaweicloud-sdk-core";
const sdk = "@huaweicloud/huaweicloud-sdk-gaussdbfornosql";

interface Result {
  readonly theirImport: number;
  readonly ourImport: number;
  readonly times: { readonly ours: number[]; readonly theirs: number[] };
}

/** The vendor's SDK: its import and a create on loopback, beside ours with an access key, in turn. */
export async function officialBench(): Promise<void> {
  heading("The official Node SDK");
  // Registries do not always hold the very version of the core that the service's part asks for.
  const version = (await run("npm", ["view", core, "version"])).stdout.trim();
  // It forgets to declare uuid.
  await withInstalled([sdk, "uuid@8"], compare, { overrides: { [core]: version } });
}

async function compare(folder: string): Promise<void> {
  const server = fork(fileURLToPath(new URL("server.mjs", import.meta.url)));
  const port = await new Promise((resolve) => server.once("message", resolve));
  const url = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    const url = "http://127.0.0.1:${port}";
    const body = { name: "nightly", description: "Before the release" };
    (async () => {
      let began = performance.now();
      const { BasicCredentials } = require("${core}");
      const { GaussDBforNoSQLClient, CreateBackRequest } = require("${sdk}");
      const theirImport = performance.now() - began;
      began = performance.now();
      const { createClient, accessKey } = await import(${url("../../dist/client/index.js")});
      const ourImport = performance.now() - began;
      const credential = new BasicCredentials().withAk("ak").withSk("sk").withProjectId("p");
      const theirs = GaussDBforNoSQLClient.newBuilder().withCredential(credential).withEndpoint(url).build();
      const ours = createClient({ baseUrl: url, project_id: "p", auth: accessKey({ ak: "ak", sk: "sk" }) });
      const ways = {
        theirs: () => { const request = new CreateBackRequest(); request.instanceId = "i"; request.body = body; return theirs.createBack(request); },
        ours: () => ours.createManualBackup({ instance_id: "i", ...body }),
      };
      const { inTurn } = await import(${url("in-turn.mjs")});
      const times = await inTurn(ways, ${quick ? 500 : 5000});
      console.log("RESULT " + JSON.stringify({ theirImport, ourImport, times }));
    })().catch((error) => { console.log("FAILED " + error.message); });`;
  await writeFile(join(folder, "compare.cjs"), script);
  const { stdout, stderr } = await run(process.execPath, ["compare.cjs"], { cwd: folder });
  server.kill();
  const result = /^RESULT (.*)$/m.exec(stdout)?.[1];
  if (!result) return console.log(`It does not work here: ${(stdout + stderr).split("\n")[0]}`);
  const { theirImport, ourImport, times } = JSON.parse(result) as Result;
  row("import", `${ourImport.toFixed(1)} ms`, "", `the SDK ${theirImport.toFixed(1)} ms`);
  row("a signed create on loopback, median", milliseconds(times.ours));
  ratio("  against the SDK", times.ours, times.theirs, "< 1 ×", milliseconds(times.theirs));
  const { stdout: size } = await run("du", ["-sm", "node_modules"], { cwd: folder });
  row("on disk, with dependencies", "", "", `the SDK ${size.split("\t")[0]} MB`);
}
