import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/**
 * A real Chromium: the one in an npm package on Linux x64, elsewhere the installed Chrome.
 * The background services of the browser are off, so that every request is the page's.
 * @param more arguments for it
 */
export async function launch(more: readonly string[] = []): Promise<Browser> {
  const args = [
    ...more,
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
  ];
  if (process.platform !== "linux" || process.arch !== "x64") return chromium.launch({ channel: "chrome", args });
  const { default: packed } = await import("@sparticuz/chromium");
  const executablePath = await packed.executablePath();
  if (!existsSync(executablePath)) throw new Error("no Chromium was unpacked");
  return chromium.launch({ executablePath, args });
}
