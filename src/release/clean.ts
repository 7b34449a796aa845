/** Empties the folders of the build: what it no longer makes must not get into the package. */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../tools/project.js";

// The compiler also declares what these rooms share.
const rooms = ["cli", "client", "mock", "rotate", "shared"];
await Promise.all(rooms.map((room) => rm(join(root, "dist", room), { recursive: true, force: true })));
