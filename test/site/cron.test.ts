/** What the guide to periodic backups prints for schedulers works as it stands. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startMock } from "geminidb-backup/mock";
import { CronJob } from "kubernetes-models/batch/v1";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { exitCodes } from "../../src/cli/exit-codes.js";
import { root, run } from "../support/project.js";
import { cli } from "../support/serve.js";

const folder = join(root, "docs/samples/cron");
const textOf = (name: string) => readFileSync(join(folder, name), "utf8");
const guide = readFileSync(join(root, "docs/guides/3-periodic-backups.md"), "utf8");

/** A place with the command on the path, and the file of variables filled in. */
function newPlace(url: string): { place: string; env: NodeJS.ProcessEnv } {
  const place = mkdtempSync(join(tmpdir(), "geminidb-backup-cron-"));
  const command = `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`;
  writeFileSync(join(place, "geminidb-backup"), command, { mode: 0o755 });
  // npx and npm would load the package from the registry.
  writeFileSync(join(place, "npx"), '#!/bin/sh\nshift 2\nexec geminidb-backup "$@"\n', { mode: 0o755 });
  const programs = join(place, "run/node_modules/.bin");
  const npm = `#!/bin/sh\nmkdir -p "${programs}" && cp "${place}/geminidb-backup" "${programs}" && echo installed\n`;
  writeFileSync(join(place, "npm"), npm, { mode: 0o755 });
  const filled = textOf("backup.env").replace(/=$/gm, "=any");
  writeFileSync(join(place, "backup.env"), `${filled}GEMINIDB_URL=${url}\n`);
  const PATH = `${place}:${dirname(process.execPath)}:/usr/bin:/bin`;
  const variables = `${filled}GEMINIDB_URL=${url}`.split("\n").map((line) => line.split("=") as [string, string]);
  return { place, env: { ...Object.fromEntries(variables), PATH } };
}

describe("the guide", () => {
  it.each(readdirSync(folder))("shows %s as it is", (name) => {
    expect(guide).toContain(`\n${textOf(name).trim()}\n\`\`\``);
  });
  it("lists every exit code", () => {
    for (const code of Object.values(exitCodes)) expect(guide).toContain(`\`${code}\``);
  });
});

describe("cron", () => {
  it("runs the line in a shell with nothing set, and only errors get past the log, which cron sends by mail", async () => {
    await using mock = await startMock();
    const { place } = newPlace(mock.url);
    const line = textOf("crontab").split("* * * ").at(-1)?.trim().replace("/srv/backup", place) ?? "";
    const path = `PATH=${place}:/usr/bin:/bin`;
    const cron = () => run("env", ["-i", path, "/bin/sh", "-c", line]);
    const first = await cron();
    expect([first.code, first.stdout, first.stderr]).toEqual([0, "", ""]);
    expect(JSON.parse(readFileSync(join(place, "backup.log"), "utf8")).made).toHaveLength(1);
    mock.respond("createManualBackup", { example: "DBS.280015" });
    const { code, stdout, stderr } = await cron();
    expect([code, stdout]).toEqual([exitCodes.refused, ""]);
    expect(stderr).toContain("Permission denied");
  });
});

describe("systemd", () => {
  it("accepts both units, where it is there to judge them", async (context) => {
    if ((await run("systemd-analyze", ["--version"])).code !== 0) return context.skip();
    const place = mkdtempSync(join(tmpdir(), "geminidb-backup-units-"));
    const units = ["geminidb-backup.service", "geminidb-backup.timer"];
    for (const unit of units) copyFileSync(join(folder, unit), join(place, unit));
    const verify = () => run("systemd-analyze", ["verify", ...units.map((unit) => join(place, unit))]);
    const { code, stdout, stderr } = await verify();
    expect([code, stdout + stderr]).toEqual([0, ""]);
    // It does judge: a misspelled key is told.
    writeFileSync(join(place, "geminidb-backup.service"), textOf(units[0] ?? "").replace("Type=", "Typ="));
    expect((await verify()).stderr).toContain("Typ");
  });
});

describe("GitHub", () => {
  it("runs the step of the workflow, with nothing but its variables", async () => {
    await using mock = await startMock();
    const { steps } = parse(textOf("github-workflow.yml")).jobs.backup;
    const [step] = steps.slice(-1);
    const { env } = newPlace(mock.url);
    for (const name of Object.keys(step.env)) expect(env).toHaveProperty(name);
    const { code, stdout, stderr } = await run("bash", ["-e", "-c", step.run], { env });
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toHaveProperty("backup_id");
  });
});

describe("Kubernetes", () => {
  const manifest = parse(textOf("kubernetes.yaml"));
  it("accepts the manifest by its schema", () => {
    expect(() => new CronJob(manifest).validate()).not.toThrow();
    const wrong = structuredClone(manifest);
    wrong.spec.jobTemplate.spec.backoffLimit = "none";
    expect(() => new CronJob(wrong).validate()).toThrow("backoffLimit");
  });
  const [{ command, args, envFrom, volumeMounts }] = manifest.spec.jobTemplate.spec.template.spec.containers;
  /** The program of the container and its arguments, as Kubernetes fills them in, with folders of the test. */
  const wordsIn = ({ place, env }: ReturnType<typeof newPlace>): string[] =>
    [...command, ...args].map((word: string) =>
      word
        .replace(/\$\((\w+)\)/, (_, name: string) => env[name] ?? "")
        .replace(volumeMounts[0].mountPath, place)
        .replaceAll("/tmp/run", join(place, "run")),
    );
  it("runs what the container runs, with the variables of the secret", async () => {
    await using mock = await startMock();
    const place = newPlace(mock.url);
    expect(envFrom).toEqual([{ secretRef: { name: "geminidb-backup" } }]);
    const [program = "", ...rest] = wordsIn(place);
    const { code, stdout, stderr } = await run(program, rest, { env: place.env });
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout).made).toHaveLength(1);
  });
  it("hands on the signal that ends it, so that what may exist is listed", async () => {
    await using mock = await startMock();
    mock.respond("createManualBackup", { fault: "hang" });
    const place = newPlace(mock.url);
    const [program = "", ...rest] = wordsIn(place);
    const child = spawn(program, rest, { env: place.env });
    let stdout = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    await expect.poll(() => mock.requests.length).toBe(1);
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([exitCodes.terminated, null]);
    expect(JSON.parse(stdout).unknown).toHaveLength(1);
    expect(readdirSync(place.place).filter((name) => name.endsWith(".lock"))).toEqual([]);
  });
});
