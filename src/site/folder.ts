import { join } from "node:path";
import { root } from "../tools/project.js";

/** Where the site is built. It has a file of its own, so that serving the site need not load what builds it. */
export const folder = join(root, "dist", "docs");
