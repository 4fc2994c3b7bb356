import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../docker/launcher/io/hotfire/launcher", import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".java"),
);
/** By package: those whose classes it imports. */
const imports = new Map<string, Set<string>>();
for (const file of files) {
  const own = imports.get(dirname(file)) ?? new Set();
  imports.set(dirname(file), own);
  for (const [, name = "."] of readFileSync(join(root, file), "utf8").matchAll(
    /^import (?:static )?io\.hotfire\.launcher(?:\.([a-z]+))?\./gm,
  )) {
    own.add(name);
  }
}

/** The packages on the way back to the first of them, or none. */
function cycle(path: readonly string[]): readonly string[] | undefined {
  for (const next of imports.get(path.at(-1) ?? "") ?? []) {
    if (next === path[0]) return [...path, next];
    const found = path.includes(next) ? undefined : cycle([...path, next]);
    if (found !== undefined) return found;
  }
  return undefined;
}

test("the launcher's packages import each other in one direction", () => {
  expect(imports.get("raft")).toContain("internals");
  expect([...imports.keys()].map((name) => cycle([name])).filter((found) => found !== undefined)).toEqual([]);
});

test("each package of the launcher says what it is", () => {
  const said = files.filter((file) => file.endsWith("package-info.java")).map((file) => dirname(file));
  expect(said.sort()).toEqual([...imports.keys()].sort());
});
