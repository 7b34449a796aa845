import { execFile } from "node:child_process";
import { describe, expect, it } from "vitest";
import { root } from "../support/project.js";
