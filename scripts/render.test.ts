import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

test("every generated file in the repository is what the code generates", () => {
  const script = fileURLToPath(new URL("render.ts", import.meta.url));
  // It exits 1, and so throws, naming the stale files.
  expect(execFileSync(process.execPath, [script, "--check"], { encoding: "utf8" })).toBe("");
});
