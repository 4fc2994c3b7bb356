import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { StoredRecord } from "../history/record.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { unpackFixture } from "./fixture-file.ts";

export interface StoredRun extends SampleRun {
  /** SHA-256 of everything before the end record, as a reader finds it. */
  readonly sha256: string;
}

const folder = join(import.meta.dirname, "../../fixtures");
const suffix = ".ndjson.br";

/** The real runs of `packages/judge/fixtures`. */
export function storedRuns(): StoredRun[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(suffix))
    .map((file) => {
      const { records, sha256 } = unpackFixture(readFileSync(join(folder, file)), file);
      return { ...runOf(file.slice(0, -suffix.length), records), sha256 };
    });
}

/** What a mutation must know of a run, from its history. */
function runOf(name: string, records: readonly StoredRecord[]): SampleRun {
  const [header] = records;
  if (header?.type !== "header") throw new TypeError(`${name} has no header`);
  const phase = (wanted: string) =>
    records.find((record) => record.type === "phase" && record.name === wanted);
  const at = (record: StoredRecord | undefined) => (record?.type === "phase" ? record.at : 0);
  return {
    name,
    mode: header.cluster.mode,
    groups: header.cluster.groups.map((group) => group.name),
    faults: records.flatMap((record) => {
      if (record.type !== "fault-injected") return [];
      const healed = records.find((one) => one.type === "fault-healed" && one.fault === record.fault);
      const end = healed?.type === "fault-healed" ? healed.end : 0;
      return [{ id: record.fault, group: record.groups[0], begin: record.begin, healed: end }];
    }),
    records,
    isReal: true,
    baseline: at(phase("baseline")),
    until: at(phase("drain")),
  };
}
