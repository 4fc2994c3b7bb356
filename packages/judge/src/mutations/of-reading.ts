import type { SampleRun } from "../synthetic/runs.ts";
import { withoutOffset } from "./changes.ts";
import { chain, drop, edit, insert, rows } from "./edit.ts";
import { type Mutation, numberInFault, s, unknown } from "./mutation.ts";

/** What was not read back, from another replica, or too soon. */
export function ofReading(run: SampleRun): Mutation[] {
  const first = run.groups[0] ?? "";
  const inFault = numberInFault(run);
  const isMine = (record: {
    readonly group: string;
    readonly queue: number;
    readonly authoritative: boolean;
  }) => record.group === first && record.queue === 1 && record.authoritative;
  return [
    unknown(
      "read-back",
      "a queue was read twice, with other bodies",
      edit("read-back", (record) =>
        isMine(record)
          ? [
              record,
              { ...record, messages: record.messages.map(([offset, one, crc]) => [offset, one, crc ^ 1]) },
            ]
          : record,
      ),
    ),
    unknown(
      "read-back",
      "a queue was read again, with other bodies",
      edit("read-back-done", (record) =>
        isMine(record)
          ? [
              record,
              ...run.records.flatMap((one) =>
                one.type === "read-back" && isMine(one)
                  ? [
                      {
                        ...one,
                        messages: one.messages.map(([offset, number]): [number, number, number] => [
                          offset,
                          number,
                          7,
                        ]),
                      },
                    ]
                  : [],
              ),
            ]
          : record,
      ),
    ),
    unknown(
      "read-back",
      "a queue was read to its end twice",
      edit("read-back-done", (record) =>
        isMine(record) ? [{ ...record, to: record.to + 9 }, record] : record,
      ),
    ),
    ...(inFault === undefined
      ? []
      : [
          unknown(
            "read-back",
            "the offsets of a queue have a hole where a message was in doubt",
            chain(
              edit("send", (record) =>
                record.sequence === inFault
                  ? { ...withoutOffset(record), outcome: "in-doubt", error: "no answer" }
                  : record,
              ),
              edit("consume", (record) => ({
                ...record,
                messages: record.messages.filter(([, one]) => one !== inFault),
              })),
              rows(
                () => true,
                (messages) => messages.filter(([, one]) => one !== inFault),
              ),
            ),
          ),
        ]),
    unknown(
      "read-back",
      "a copy of a queue was not read",
      drop(
        "read-back-done",
        (record) => record.group === first && record.queue === 2 && record.authoritative,
      ),
    ),
    unknown(
      "read-back",
      "a queue could not be read",
      edit("read-back-done", (record) =>
        record.group === first && record.queue === 2 && record.authoritative
          ? { ...record, error: "timeout" }
          : record,
      ),
    ),
    unknown(
      "read-back",
      "no replica counts as what clients read",
      edit("read-back-done", (record) => ({ ...record, authoritative: false })),
    ),
    unknown("read-back", "another topic was read back", (records) => {
      const done = records.find((record) => record.type === "read-back-done");
      if (done?.type !== "read-back-done") return [...records];
      return insert("end", { ...done, topic: "another", from: 0, to: 0 })(records);
    }),
    unknown(
      "one-clock",
      "it was read back before the load ended",
      edit("read-back-done", (record) => ({ ...record, at: 2 * s })),
    ),
    unknown(
      "routed",
      "clients are routed to another broker",
      edit("route", (record) => ({ ...record, master: "broker-x" })),
    ),
    unknown(
      "routed",
      "no name server told of a master",
      edit("route", ({ master: _, ...record }) => record),
    ),
    unknown("routed", "it is not told how the replica was chosen", drop("authority")),
    unknown(
      "routed",
      "the replica was chosen by what it holds",
      edit("authority", (record) => ({ ...record, by: "most-held", routed: {}, masters: [] })),
    ),
    unknown(
      "routed",
      "two brokers called themselves master",
      edit("authority", (record) => ({ ...record, masters: [...record.masters, "broker-x"] })),
    ),
    unknown(
      "routed",
      "the name servers did not agree",
      edit("authority", (record) => ({ ...record, routed: { ...record.routed, "namesrv-9": "broker-x" } })),
    ),
    unknown(
      "drained",
      "the consumers were not waited for",
      edit("drained", (record) => ({ ...record, complete: false })),
    ),
    unknown("drained", "it was not seen whether the consumers had everything", drop("drained")),
    unknown(
      "whole-again",
      "the cluster was never whole again",
      edit("whole", (record) => ({ ...record, missing: ["broker-a-0 is not registered"] })),
    ),
    unknown("whole-again", "it was not checked whether the cluster was whole", drop("whole")),
  ];
}
