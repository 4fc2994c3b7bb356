import type { SendRecord } from "../history/operations.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { withoutOffset } from "./changes.ts";
import { edit, header } from "./edit.ts";
import { type Mutation, numberAt, numberInFault, unknown } from "./mutation.ts";

/** Answers and bodies without what tells whose they are. */
export function ofAnswers(run: SampleRun): Mutation[] {
  const inFault = numberInFault(run);
  const at = (share: number) => numberAt(run, share);
  const one = (change: (record: SendRecord) => SendRecord) =>
    edit("send", (record) => (record.sequence === at(0.5) ? change(record) : record));
  const acknowledged = (change: (record: SendRecord) => SendRecord) =>
    edit("send", (record) => (record.outcome === "acknowledged" ? change(record) : record));
  return [
    unknown(
      "wrong-body",
      "bodies cannot be told apart",
      header((record) => ({ ...record, workload: { ...record.workload, numberedBodies: false } })),
    ),
    unknown(
      "wrong-body",
      "bodies are too short to be told apart",
      header((record) => ({ ...record, workload: { ...record.workload, messageBytes: 5 } })),
    ),
    unknown("misplaced", "no answered offset is told", acknowledged(withoutOffset)),
    unknown("misplaced", "one answered offset is not told", one(withoutOffset)),
    ...(run.records.some((record) => record.type === "send" && record.outcome === "failed")
      ? [
          unknown(
            "consistent",
            "sends failed that were answered with code 0",
            edit("send", (record) => (record.outcome === "failed" ? { ...record, code: 0 } : record)),
          ),
          unknown(
            "consistent",
            "it is not told why sends failed",
            edit("send", ({ error, code, ...record }) =>
              record.outcome === "acknowledged" ? { ...record, code, error } : record,
            ),
          ),
        ]
      : []),
    ...(inFault === undefined
      ? []
      : [
          unknown(
            "consistent",
            "an answer with an offset counts as none",
            edit("send", (record) =>
              record.sequence === inFault
                ? { ...record, outcome: "in-doubt", code: undefined, error: "no answer" }
                : record,
            ),
          ),
        ]),
    unknown(
      "consistent",
      "no broker is told that acknowledged",
      acknowledged(({ broker: _, ...record }) => record),
    ),
  ];
}
