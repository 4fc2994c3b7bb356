import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, drop, edit, header, insert } from "./edit.ts";
import { type Mutation, s } from "./mutation.ts";

/** Records that do not agree with the header, or with each other. */
export function ofHeader(run: SampleRun): Mutation[] {
  const [fault] = run.faults;
  const unknown = (name: string, change: Change, check = "consistent"): Mutation => ({
    name,
    change,
    verdict: "unknown",
    check,
  });
  const workload = (part: Partial<Extract<SampleRun["records"][number], { type: "header" }>["workload"]>) =>
    header((record) => ({ ...record, workload: { ...record.workload, ...part } }));
  const isOurs = run.records.every((record) => record.type !== "consume" || record.client === "hotfire");
  return [
    unknown("an official client is said to have sent", workload({ producer: "java" })),
    unknown("another client is said to have consumed", workload({ consumer: isOurs ? "java" : "hotfire" })),
    unknown("a consumer group is told that is not the run's", workload({ consumerGroups: [] })),
    unknown(
      "the mode is none",
      header((record) => ({ ...record, cluster: { ...record.cluster, mode: "quantum" } })),
    ),
    unknown(
      "nobody told when the load ended",
      drop("phase", ({ name }) => name === "drain"),
    ),
    unknown(
      "messages were due while none was to be sent",
      insert(
        "sending-stopped",
        { type: "sending-paused", at: run.baseline + s },
        { type: "sending-resumed", at: run.until - s },
      ),
    ),
    unknown(
      "a broker acknowledged with an error's code",
      edit("send", (record) => (record.outcome === "acknowledged" ? { ...record, code: 10 } : record)),
    ),
    unknown(
      "messages were delivered at other offsets than answered",
      edit("consume", (record) => ({
        ...record,
        messages: record.messages.map(([offset, sequence]): [number, number] => [offset + 7, sequence]),
      })),
    ),
    unknown(
      "messages lie behind the end of a queue",
      edit("read-back-done", (record) => ({ ...record, to: Math.max(record.from, record.to - 5) })),
      "read-back",
    ),
    ...(fault === undefined
      ? []
      : [
          unknown(
            "a fault was injected where none was claimed",
            header((record) => ({
              ...record,
              expectation: { claim: "nothing happens", source: "x", rules: [], faults: "none" },
            })),
          ),
        ]),
  ];
}
