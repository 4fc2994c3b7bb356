import { readFileSync } from "node:fs";
import { historyJsonSchema } from "@hotfire/judge/history";
import { resultJsonSchema } from "@hotfire/judge/result";
import { loadPreset, planCluster, presetNames, renderCompose, specJsonSchema } from "@hotfire/topology";
import { drillsPage } from "./drills-page.ts";
import { errorsPage } from "./errors-page.ts";
import { lintPage } from "./lint-page.ts";
import { pomFile } from "./pom-file.ts";
import { specPage } from "./spec-page.ts";

export interface GeneratedFile {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}

const json = (schema: unknown): string => `${JSON.stringify(schema, null, 2)}\n`;

/** Every file of the repository that the code writes. */
export function generatedFiles(): GeneratedFile[] {
  return [
    ...presetNames.map((name) => {
      const path = `compose/${name}.yaml`;
      return { path, text: renderCompose(planCluster(loadPreset(name)), { path }) };
    }),
    { path: "schema/cluster-spec.schema.json", text: json(specJsonSchema()) },
    { path: "schema/drill-history.schema.json", text: json(historyJsonSchema()) },
    { path: "schema/drill-result.schema.json", text: json(resultJsonSchema()) },
    { path: "docs/reference/errors.md", text: errorsPage() },
    { path: "docs/reference/lint.md", text: lintPage() },
    { path: "docs/reference/drill-catalogue.md", text: drillsPage() },
    { path: "docs/reference/cluster-spec.md", text: specPage() },
    { path: "docker/pom.xml", text: pomFile() },
  ];
}

/** Whether the repository has another text, or none. */
export function isStale(file: GeneratedFile): boolean {
  try {
    return readFileSync(urlOf(file), "utf8") !== file.text;
  } catch {
    return true;
  }
}

export function urlOf({ path }: GeneratedFile): URL {
  return new URL(`../${path}`, import.meta.url);
}
