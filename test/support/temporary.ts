import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./project.js";

/** Whatever the tests write for themselves lies in one folder, which is removed when they have ended. */
export default function (): () => void {
  // What an earlier run has sent says nothing about this one.
  rmSync(join(root, "dist", "traffic"), { recursive: true, force: true });
  const folder = mkdtempSync(join(tmpdir(), "geminidb-backup-tests-"));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
