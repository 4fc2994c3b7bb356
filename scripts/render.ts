// Writes every generated file of the repository, or with --check exits 1 naming those that are stale.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { historyJsonSchema, resultJsonSchema } from "@hotfire/drill";
import { loadPreset, planCluster, presetNames, renderCompose, specJsonSchema } from "@hotfire/topology";
import { drillsPage } from "./drills-page.ts";
import { errorsPage } from "./errors-page.ts";
import { lintPage } from "./lint-page.ts";

const check = process.argv.includes("--check");
const root = new URL("../", import.meta.url);

const files = [
  ...presetNames.map((name) => {
    const path = `compose/${name}.yaml`;
    return { path, text: renderCompose(planCluster(loadPreset(name)), { path }) };
  }),
  { path: "schema/cluster-spec.schema.json", text: `${JSON.stringify(specJsonSchema(), null, 2)}\n` },
  {
    path: "schema/drill-history.schema.json",
    text: `${JSON.stringify(historyJsonSchema(), null, 2)}\n`,
  },
  { path: "schema/drill-result.schema.json", text: `${JSON.stringify(resultJsonSchema(), null, 2)}\n` },
  { path: "docs/errors.md", text: errorsPage() },
  { path: "docs/lint.md", text: lintPage() },
  { path: "docs/drill-catalogue.md", text: drillsPage() },
];

function current(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, root), "utf8");
  } catch {
    return undefined;
  }
}

const stale = files.filter(({ path, text }) => current(path) !== text);
for (const { path, text } of stale) {
  const url = new URL(path, root);
  if (!check) {
    mkdirSync(new URL("./", url), { recursive: true });
    writeFileSync(url, text);
  }
  process.stdout.write(`${check ? "stale" : "wrote"} ${path}\n`);
}
if (check && stale.length > 0) {
  process.stderr.write("Generated files do not match the generator. Run: make render\n");
  process.exitCode = 1;
}
