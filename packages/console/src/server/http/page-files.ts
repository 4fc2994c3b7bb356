import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import type { Context } from "hono";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
  ".txt": "text/plain; charset=utf-8",
};
const encodings = [
  { name: "br", ending: ".br" },
  { name: "gzip", ending: ".gz" },
] as const;

interface PageFile {
  readonly type: string;
  readonly etag: string;
  /** Its name has its content's hash: it never changes. */
  readonly isImmutable: boolean;
  readonly bodies: ReadonlyMap<string, Buffer<ArrayBuffer>>;
}

/** The built page, all of it in memory: a few hundred kilobytes, compressed when it was built. */
export class PageFiles {
  readonly #files: ReadonlyMap<string, PageFile>;

  private constructor(files: ReadonlyMap<string, PageFile>) {
    this.#files = files;
  }

  /** An absent folder is a page without files. */
  static async read(folder: string, basePath = ""): Promise<PageFiles> {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const plain = paths.filter((path) => types[extname(path)] !== undefined);
    const files = new Map<string, PageFile>();
    for (const path of plain) {
      const url = `/${relative(folder, path).split(sep).join("/")}`;
      files.set(url, await readPageFile(path, url, paths, basePath));
    }
    return new PageFiles(files);
  }

  get isEmpty(): boolean {
    return this.#files.size === 0;
  }

  /** The file of a path, or the page itself for every view's URL; undefined for a file that does not exist. */
  answer(c: Context): Response | undefined {
    const pathname = c.req.path;
    const isView = extname(pathname) === "" || pathname.endsWith("/");
    const file = this.#files.get(pathname) ?? (isView ? this.#files.get("/index.html") : undefined);
    if (file === undefined) return undefined;
    const headers = new Headers({
      "content-type": file.type,
      etag: file.etag,
      vary: "accept-encoding",
      "cache-control": file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
    });
    if (c.req.header("if-none-match") === file.etag) return new Response(null, { status: 304, headers });
    const accepted = (c.req.header("accept-encoding") ?? "")
      .split(",")
      .map((part) => part.split(";")[0]?.trim());
    const encoding = encodings.find(({ name }) => accepted.includes(name) && file.bodies.has(name));
    if (encoding !== undefined) headers.set("content-encoding", encoding.name);
    return new Response(file.bodies.get(encoding?.name ?? "") ?? null, { headers });
  }
}

async function readPageFile(
  path: string,
  url: string,
  all: readonly string[],
  basePath: string,
): Promise<PageFile> {
  const isRebased = basePath !== "" && url === "/index.html";
  const read = await readFile(path);
  const body = isRebased ? rebased(read, basePath) : read;
  const bodies = new Map([["", body]]);
  // What was compressed when the page was built has the root in it.
  for (const { name, ending } of isRebased ? [] : encodings) {
    if (all.includes(path + ending)) bodies.set(name, await readFile(path + ending));
  }
  return {
    type: types[extname(path)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    isImmutable: url.startsWith("/assets/"),
    bodies,
  };
}

/** The page's own addresses are relative to its `<base>`. */
function rebased(html: Buffer<ArrayBuffer>, basePath: string): Buffer<ArrayBuffer> {
  return Buffer.from(html.toString("utf8").replace('<base href="/"', `<base href="${basePath}/"`));
}
