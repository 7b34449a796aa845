import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { root } from "../tools/project.js";

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

/** The rule of the dark theme, and its declarations. */
const darkRule = /:root\[data-theme="dark"\] (\{[^}]*\})/;

/** Repeats the dark theme for readers whose system is dark and who chose no theme. CSS cannot say both in one rule. */
const withSystemTheme: Plugin = {
  name: "system theme",
  setup({ onLoad }) {
    onLoad({ filter: /colors\.css$/ }, async ({ path }) => {
      const css = await readFile(path, "utf8");
      const [, declarations] = darkRule.exec(css) ?? [];
      if (declarations === undefined) throw new Error(`${path} has no rule for the dark theme`);
      const repeated = `@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) ${declarations} }`;
      return { contents: `${css}${repeated}`, loader: "css" };
    });
  },
};

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "src", "site", name)],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    target: ["chrome120", "firefox125", "safari17"],
    logLevel: "silent",
    plugins: [withSystemTheme],
  });
  return (outputFiles[0]?.text ?? "").trim();
}
