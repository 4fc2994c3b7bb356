import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { rolldown } from "rolldown";
import { build as buildPage } from "vite";

/**
 * `node packages/console/build.ts [FOLDER]`: bundles the server and builds the page into a folder (default: dist/image beside
 * this file), and adds what the image needs besides. A folder of its own: it is emptied first.
 */
const here = import.meta.dirname;
const root = join(here, "../..");
const out = process.argv[2] ?? join(here, "dist/image");
const page = join(out, "page");

/** Already compressed, or too small to gain. */
const compressed = new Set([".png", ".woff2", ".ico", ".br", ".gz"]);
const smallest = 512;

await rm(out, { recursive: true, force: true });
await mkdir(page, { recursive: true });

const bundle = await rolldown({
  input: join(here, "src/server/main.ts"),
  platform: "node",
  treeshake: true,
  onLog: (level, log, handle) => {
    if (level === "warn") handle("error", log);
    else handle(level, log);
  },
});
await bundle.write({ file: join(out, "server.mjs"), format: "esm", minify: true, codeSplitting: false });
await bundle.close();

await buildPage({
  configFile: join(here, "web/vite.config.ts"),
  // Its warnings are one "use client" directive for each component.
  logLevel: "error",
  build: { outDir: page, emptyOutDir: true },
});

await copyFile(join(root, "node_modules/node/bin/node"), join(out, "node"));
for (const name of ["Dockerfile", "health"])
  await copyFile(join(root, "docker/console", name), join(out, name));
await Promise.all([chmod(join(out, "node"), 0o755), chmod(join(out, "health"), 0o755)]);

for (const entry of await readdir(page, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (!entry.isFile() || compressed.has(extname(path))) continue;
  const body = await readFile(path);
  if (body.length < smallest) continue;
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  await writeFile(`${path}.br`, await promisify(brotliCompress)(body, quality));
  await writeFile(`${path}.gz`, await promisify(gzip)(body, { level: constants.Z_BEST_COMPRESSION }));
}
