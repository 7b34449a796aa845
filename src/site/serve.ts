/** `npm run docs`: builds the site and serves it on this machine. `npm run docs -- --port 4012` */
import { readFile, realpath } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { extname, join, sep } from "node:path";
import { parseArgs } from "node:util";
import { Problem } from "../redocly.js";
import { docs, folder } from "./docs.js";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".yaml": "application/yaml",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Serves `dist/docs`, or another folder, as any static host would. */
export function serveDocs(port: number, root = folder): Promise<Server> {
  const server = createServer(async (request, response) => {
    try {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      const file = await realpath(join(root, decodeURIComponent(pathname), pathname.endsWith("/") ? "index.html" : ""));
      if (!file.startsWith(root + sep)) throw new Error("outside of the folder");
      response
        .writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" })
        .end(await readFile(file));
    } catch {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such page.\n");
    }
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new Problem(`Port ${port} is in use: choose another with --port.`) : error);
    });
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

if (process.argv[1] === import.meta.filename) {
  try {
    const { values } = parseArgs({ options: { port: { type: "string", default: "4011" } } });
    await docs();
    await serveDocs(Number(values.port));
    console.log(`The docs are at http://127.0.0.1:${values.port}/. Ctrl-C ends it.`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
