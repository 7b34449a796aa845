import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../project.js";

/** What the browser gets beside the HTML, in the page itself: it is one request, and opens from disk. */
export interface Assets {
  style: string;
  /** Runs before anything is painted. */
  early: string;
  /** Runs when the page is there. */
  script: string;
}

export async function readAssets(): Promise<Assets> {
  const [style, early, script] = await Promise.all([
    bundle("styles/index.css"),
    bundle("browser/early.ts"),
    bundle("browser/index.ts"),
  ]);
  return { style, early, script };
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src", "site", name)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["chrome120", "firefox125", "safari17"],
    logLevel: "silent",
  });
  return (outputFiles[0]?.text ?? "").trim();
}
