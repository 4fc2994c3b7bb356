import { readFile } from "node:fs/promises";
import { presetNames } from "@hotfire/topology";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const order: readonly string[] = presetNames;

/** `sharedClusterTest("dledger")`, `sharedPageTest("dledger")`, or the preset's own suite. */
const uses = /\b(?:sharedClusterTest|sharedPageTest|describePreset)\(\s*"([a-z0-9-]+)"/;

/**
 * Files that share a cluster run one after another, the preset's own suite last: it takes the cluster down.
 * Files that share none come first, in the order of their names. Unit tests: the longest of the last run first, as Vitest has it.
 */
export default class BySharedCluster extends BaseSequencer {
  override async sort(all: TestSpecification[]): Promise<TestSpecification[]> {
    const { unit = [], e2e: files = [] } = Object.groupBy(all, ({ project }) =>
      project.name === "e2e" ? "e2e" : "unit",
    );
    const keyed = await Promise.all(
      files.map(async (file) => {
        const text = await readFile(file.moduleId, "utf8");
        const [, preset] = uses.exec(text) ?? [];
        const isLast = text.includes("describePreset(") ? 1 : 0;
        const place = preset === undefined ? -1 : order.indexOf(preset);
        return { file, key: [place, isLast, file.moduleId] as const };
      }),
    );
    const shared = keyed.toSorted((a, b) => compare(a.key, b.key)).map(({ file }) => file);
    return [...(await super.sort(unit)), ...shared];
  }
}

type Key = readonly [number, number, string];

function compare(a: Key, b: Key): number {
  return a[0] - b[0] || a[1] - b[1] || a[2].localeCompare(b[2]);
}
