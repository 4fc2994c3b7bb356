import type { SendRecord } from "../history/operations.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { duplicate, withoutOffset } from "./changes.ts";
import { chain, edit, header } from "./edit.ts";
import { type Mutation, numberAt, unknown } from "./mutation.ts";

/** Answers and bodies without what tells whose they are. */
export function ofAnswers(run: SampleRun): Mutation[] {
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
    unknown(
      "consistent",
      "nobody told why a send failed",
      one((record) => ({ ...withoutOffset(record), outcome: "failed" })),
    ),
    unknown(
      "consistent",
      "an answer with an offset counts as none",
      one((record) => ({ ...record, outcome: "in-doubt", code: undefined, error: "no answer" })),
    ),
    unknown(
      "consistent",
      "no broker is told that acknowledged",
      acknowledged(({ broker: _, ...record }) => record),
    ),
    {
      ...unknown(
        "consistent",
        "a message is there twice, and its send is told twice with one number",
        chain(
          duplicate(at(0.5)),
          edit("sending-stopped", (record) => ({ ...record, sent: record.sent + 1 })),
          edit("send", (record) => (record.sequence === at(0.5) ? [record, record] : record)),
        ),
      ),
      check: "numbered",
    },
  ];
}
