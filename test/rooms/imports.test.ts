import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../support/project.js";

/** Every source file and what it imports, types included. Paths start at the root of the project. */
const imports = new Map(
  readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [`src/${name}`, importsOf(`src/${name}`)]),
);

function importsOf(file: string): string[] {
  const source = readFileSync(join(root, file), "utf8");
  const names = [...source.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name = ""]) => name);
  return names.map((name) => {
    if (!name.startsWith(".")) return name;
    return relative(root, join(root, dirname(file), name)).replace(/^(src\/.*)\.js$/, "$1.ts");
  });
}

const roomOf = (file: string) => /^src\/(\w+)\//.exec(file)?.[1] ?? file;

/** What HTTP itself says, such as which methods are idempotent. It imports nothing, so it is there before anything is generated. */
const http = "src/client/http.ts";

/**
 * The rooms that a room may import from, or single files of them, besides `generated/`. `shared` has what several rooms say in
 * the same words, also rooms that ship; `tools` is for the scripts, which do not.
 */
const allowed: Record<string, string[]> = {
  client: [],
  shared: ["src/client/untrusted.ts"],
  tools: ["shared"],
  mock: ["client", "shared"],
  rotate: ["client", "shared"],
  cli: ["client", "mock", "rotate", "shared"],
  description: [http, "shared"],
  generate: ["description", http, "shared", "tools"],
  site: ["cli", "description", "shared", "tools"],
  release: ["description", "shared", "tools"],
};

describe("the rooms of src/", () => {
  it("are those that are known", () => {
    const rooms = new Set([...imports.keys()].map(roomOf));
    expect([...rooms].sort()).toEqual(Object.keys(allowed).sort());
  });
  it.each(Object.entries(allowed))("%s imports from %j, and from no other room", (room, others) => {
    const isAllowed = (name: string) => [room, ...others].some((other) => other === name || other === roomOf(name));
    for (const [file, names] of imports) {
      if (roomOf(file) !== room) continue;
      expect(
        names.filter((name) => name.startsWith("src/") && !isAllowed(name)),
        file,
      ).toEqual([]);
    }
  });
  it("the client imports nothing but openapi-fetch and generated/", () => {
    for (const [file, names] of imports) {
      if (roomOf(file) !== "client") continue;
      const foreign = names.filter((name) => !name.startsWith("src/client/") && !name.startsWith("generated/"));
      expect(
        foreign.filter((name) => name !== "openapi-fetch"),
        file,
      ).toEqual([]);
    }
  });
  it("share with the generator only what needs nothing that it generates", () => {
    expect(imports.get(http)).toEqual([]);
  });
  it("import in no circle", () => {
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, above: string[]) => {
      if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(" → "));
      if (done.has(file) || above.includes(file)) return;
      for (const name of imports.get(file) ?? []) if (imports.has(name)) visit(name, [...above, file]);
      done.add(file);
    };
    for (const file of imports.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});
