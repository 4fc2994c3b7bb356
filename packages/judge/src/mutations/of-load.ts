import type { SampleRun } from "../synthetic/runs.ts";
import { pauseLoad, recount } from "./changes.ts";
import { chain, drop, edit, failSends, forget, header, insertAt } from "./edit.ts";
import { fail, isPulled, type Mutation, numberAt, s, someOf, unknown } from "./mutation.ts";

/** A load that was not what it should be. */
export function ofLoad(run: SampleRun): Mutation[] {
  const at = (share: number) => numberAt(run, share);
  const some = someOf(run);
  const first = run.groups[0] ?? "";
  return [
    fail(
      "outside-faults",
      "sends fail before the fault",
      failSends({ from: run.baseline + 2 * s, to: run.baseline + 2.2 * s, group: first }),
    ),
    unknown(
      "numbered",
      "messages are lost with the records of their sending",
      chain(
        drop("send", ({ sequence }) => some.has(sequence)),
        forget((one) => some.has(one)),
        recount,
      ),
    ),
    unknown(
      "numbered",
      "a send is told twice",
      chain(
        edit("send", (record) => (record.sequence === at(0.5) ? [record, record] : [record])),
        recount,
      ),
    ),
    unknown(
      "numbered",
      "a client counted more sends than it told",
      edit("sending-stopped", (record) => ({ ...record, sent: record.sent + 7 })),
    ),
    unknown("numbered", "no client counted", drop("sending-stopped")),
    unknown(
      "scheduled",
      "the load stops for a second",
      chain(pauseLoad(run, run.baseline + 2.5 * s, run.baseline + 3.5 * s), recount),
    ),
    unknown(
      "scheduled",
      "a twentieth of the load is missing",
      header((record) => ({
        ...record,
        workload: { ...record.workload, rate: record.workload.rate * 1.06 },
      })),
    ),
    unknown(
      "scheduled",
      "more was sent than scheduled",
      header((record) => ({ ...record, workload: { ...record.workload, rate: record.workload.rate * 0.9 } })),
    ),
    unknown(
      "scheduled",
      "the load stops two seconds before its end",
      chain(pauseLoad(run, run.until - 2 * s, run.until), recount),
    ),
    unknown(
      "everywhere",
      "nothing is read",
      chain(
        drop("consume"),
        edit("drained", (record) => ({ ...record, complete: false })),
      ),
    ),
    unknown(
      "everywhere",
      "a group of the cluster has no load",
      header((record) => ({
        ...record,
        cluster: {
          ...record.cluster,
          groups: [...record.cluster.groups, { name: "broker-z", brokers: ["broker-z-0"] }],
        },
      })),
    ),
    unknown(
      "tester-steady",
      "the tester stood still for six seconds",
      insertAt(run.until - s, { type: "tester-stall", begin: run.until - 7 * s, end: run.until - s }),
    ),
    unknown(
      "tester-steady",
      "the tester stood still for more than a second",
      insertAt(run.until - s, { type: "tester-stall", begin: run.until - 2.2 * s, end: run.until - s }),
    ),
    // An official client that is late may have been held up by the cluster.
    ...(isPulled(run)
      ? [
          unknown(
            "tester-steady",
            "the tester stood still for a third of each second",
            chain(
              ...Array.from({ length: Math.floor(run.until / s) }, (_, second) =>
                insertAt(second * s + 333_333, {
                  type: "tester-stall",
                  begin: second * s,
                  end: second * s + 333_333,
                }),
              ),
            ),
          ),
        ]
      : []),
    unknown(
      "numbered",
      "a send has a number that no producer gave",
      edit("send", (record) =>
        record.sequence === at(0.5) ? { ...record, sequence: record.sequence + 5_000_000 } : record,
      ),
    ),
    unknown(
      "tester-steady",
      "a send was six seconds late",
      edit("send", (record) =>
        record.sequence === at(0.6) ? { ...record, scheduled: Math.max(0, record.sent - 3 * s) } : record,
      ),
    ),
  ];
}
