import type { SampleRun } from "../synthetic/runs.ts";
import { counted, end, header } from "./edit.ts";
import { type Mutation, s, unknown } from "./mutation.ts";

/** What is done to the file, and to what it says of itself. */
export function ofFile(run: SampleRun): Mutation[] {
  return [
    unknown("history-whole", "records are missing", (records) =>
      records.filter((_, index) => index % 50 !== 49 || index < 10),
    ),
    unknown("history-whole", "the end is missing", (records) => records.filter(({ type }) => type !== "end")),
    unknown(
      "history-whole",
      "the run was aborted",
      end((record) => ({ ...record, reason: "aborted", message: "by hand" })),
    ),
    unknown("history-whole", "records stand behind the end", (records) => [
      ...records,
      { type: "note", at: run.until + 5 * s, level: "info", message: "late" },
    ]),
    unknown("history-whole", "there are two headers", (records) => {
      const [one] = records;
      return counted(one === undefined ? [] : [one, ...records]);
    }),
    {
      ...unknown(
        "history-unchanged",
        "it was changed after it was written",
        end((record) => ({ ...record, sha256: "0".repeat(64) })),
      ),
      digest: "1".repeat(64),
    },
    {
      ...unknown("history-unchanged", "it has no checksum", (records) => [...records]),
      digest: "1".repeat(64),
    },
    unknown(
      "claimed",
      "nothing was claimed",
      header(({ expectation: _, ...record }) => record),
    ),
    unknown(
      "history-format",
      "it is of an older format",
      header((record) => ({ ...record, version: 1 })),
    ),
    ...(run.faults.length === 0
      ? []
      : [
          unknown(
            "faults-proven",
            "it is of format 2, which has words for proofs",
            header((record) => ({ ...record, version: 2 })),
          ),
        ]),
  ];
}
