/** `npm run faults`: writes docs/faults.md. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/project.js";
import { faultsPage } from "./page.js";

writeFileSync(join(root, "docs/faults.md"), faultsPage());
