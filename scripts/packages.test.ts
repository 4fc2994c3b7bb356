import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";

const root = join(import.meta.dirname, "..");
const manifest = z.object({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});
const lock = z.object({ packages: z.record(z.string(), z.unknown()) });

const read = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));
const folders = readdirSync(join(root, "packages")).sort();
const packages = folders.map((folder) => ({
  folder,
  ...manifest.parse(read(`packages/${folder}/package.json`)),
}));
const isOurs = (name: string) => name.startsWith("@hotfire/");

/** What a package's own modules say in quotes behind `from` or `import(`. */
function importedBy(folder: string): Set<string> {
  const files = readdirSync(join(root, "packages", folder), { recursive: true, encoding: "utf8" });
  const specifiers = files
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("node_modules/"))
    .flatMap((file) => [
      ...readFileSync(join(root, "packages", folder, file), "utf8").matchAll(
        /(?:from |import\()"(@hotfire\/[a-z]+)/g,
      ),
    ]);
  return new Set(specifiers.map(([, name = ""]) => name));
}

test("imports between packages go one way", () => {
  const below = new Map(
    packages.map(({ name, dependencies }) => [name, Object.keys(dependencies).filter(isOurs)]),
  );
  const done = new Set<string>();
  for (let before = -1; done.size > before; ) {
    before = done.size;
    for (const [name, others] of below) if (others.every((other) => done.has(other))) done.add(name);
  }
  expect([...below.keys()].filter((name) => !done.has(name))).toEqual([]);
});

test.each(packages)("$name declares those of ours that it imports, and no other", (one) => {
  const declared = Object.keys(one.dependencies).filter(isOurs);
  expect([...importedBy(one.folder)].filter((name) => name !== one.name).sort()).toEqual(declared.sort());
});

test("the lock file knows every package as it is", () => {
  const { packages: locked } = lock.parse(read("package-lock.json"));
  for (const { folder, name, dependencies, devDependencies } of packages) {
    expect(locked[`node_modules/${name}`]).toEqual({ resolved: `packages/${folder}`, link: true });
    expect(manifest.parse(locked[`packages/${folder}`])).toEqual({ name, dependencies, devDependencies });
  }
});
