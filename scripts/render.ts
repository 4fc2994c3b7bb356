import { readFileSync, writeFileSync } from "node:fs";
import { loadPreset, planCluster, presetNames, renderCompose } from "@hotfire/topology";

const check = process.argv.includes("--check");
const root = new URL("../", import.meta.url);
const files = presetNames.map((name) => {
  const path = `compose/${name}.yaml`;
  return { path, text: renderCompose(planCluster(loadPreset(name)), { path }) };
});
const stale = files.filter(({ path, text }) => {
  try {
    return readFileSync(new URL(path, root), "utf8") !== text;
  } catch {
    return true;
  }
});
for (const { path, text } of stale) {
  if (!check) writeFileSync(new URL(path, root), text);
  process.stdout.write(`${check ? "stale" : "wrote"} ${path}\n`);
}
process.exitCode = check && stale.length > 0 ? 1 : 0;
