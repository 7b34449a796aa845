/** `npm run docs`: builds the site and serves it on this machine. `npm run docs -- --port 4012` */
import { type FileHandle, open, realpath } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Problem } from "../shared/problem.js";
import { main, readOptions } from "../tools/script.js";
import { folder } from "./folder.js";

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".json": "application/json",
  ".yaml": "application/yaml",
  ".md": "text/markdown; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/** Where `npm run docs` and `npm run dev` serve the page, unless somebody asks for another port. */
export const docsPort = 4011;

export class PortInUse extends Problem {
  constructor(port: number) {
    super(`Port ${port} is in use. Choose another, or any that is free: npm run docs -- --port 0`);
  }
}

/**
 * Serves `dist/docs`, or another folder, as a static host would: compressed where the browser takes it.
 * @throws {PortInUse}
 */
export function serveDocs(port: number, root = folder): Promise<Server> {
  const server = createServer(async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    const found = await openFile(root, request.url ?? "/").catch(() => undefined);
    if (!found) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such page.\n");
      return;
    }
    const isCompressed = takesGzip(request.headers["accept-encoding"]);
    response.setHeader("content-type", types[extname(found.path)] ?? "application/octet-stream");
    if (isCompressed) response.setHeader("content-encoding", "gzip");
    const content = found.file.createReadStream();
    // Streamed, so that the browser can render the beginning early. It may close the connection at any moment.
    await pipeline(isCompressed ? [content, createGzip(), response] : [content, response]).catch(() => {});
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new PortInUse(port) : error);
    });
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

/** @throws when there is no such file in the folder */
async function openFile(root: string, url: string): Promise<{ path: string; file: FileHandle }> {
  const { pathname } = new URL(url, "http://localhost");
  // Symbolic links are followed in both, so that they can be compared.
  const base = await realpath(root);
  const path = await realpath(join(base, decodeURIComponent(pathname), pathname.endsWith("/") ? "index.html" : ""));
  if (!path.startsWith(base + sep)) throw new Error("outside of the folder");
  const file = await open(path);
  if ((await file.stat()).isFile()) return { path, file };
  await file.close();
  throw new Error("not a file");
}

/** Whether a client takes a compressed body. `gzip;q=0` says that it does not. */
function takesGzip(acceptEncoding = ""): boolean {
  return acceptEncoding.split(",").some((coding) => {
    const [name, weight = "q=1"] = coding.split(";").map((part) => part.trim().toLowerCase());
    return name === "gzip" && Number(weight.replace("q=", "")) > 0;
  });
}

/** @throws {Problem} when it is not a port */
function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Problem(`--port is "${text}". It must be a whole number from 0 to 65535.`);
}

if (process.argv[1] === import.meta.filename) {
  await main(async () => {
    const { port } = readOptions("docs", { port: { type: "string", default: String(docsPort) } });
    const server = await serveDocs(portOf(port));
    try {
      // It takes a second to load, and is of no use when the port is wrong or in use.
      const { buildSite } = await import("./build.js");
      await buildSite();
    } catch (error) {
      server.close();
      throw error;
    }
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    console.log(`The docs are at ${address} and, in Redoc, at ${address}redoc.html. Ctrl-C ends it.`);
  });
}
