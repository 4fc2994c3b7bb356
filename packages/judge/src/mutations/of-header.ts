import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, chain, drop, edit, header, insertAt } from "./edit.ts";
import { type Mutation, s } from "./mutation.ts";

/** Records that do not agree with the header, or with each other. */
export function ofHeader(run: SampleRun): Mutation[] {
  const [fault] = run.faults;
  const first = run.groups[0] ?? "";
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
      "it is not told when the load ended",
      drop("phase", ({ name }) => name === "drain"),
    ),
    unknown(
      "messages were due while none was to be sent",
      chain(
        insertAt(run.baseline + s, { type: "sending-paused", at: run.baseline + s }),
        insertAt(run.baseline + 2.5 * s, { type: "sending-resumed", at: run.baseline + 2.5 * s }),
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
    unknown(
      "messages were due after the load had ended",
      edit("phase", (record) => (record.name === "drain" ? { ...record, at: record.at - s / 2 } : record)),
    ),
    unknown(
      "a broker was seen that is not in the header",
      insertAt(run.until - s, {
        type: "role",
        at: run.until - s,
        group: first,
        node: `${first}-9`,
        role: "starting",
        source: "broker",
      }),
    ),
    ...strangers(run, unknown),
    ...(run.mode === "dledger" || run.mode === "controller"
      ? []
      : [
          unknown(
            "a term was seen where no broker is elected",
            edit("role", (record, index) => (index === 0 ? { ...record, term: 1 } : record)),
          ),
          unknown(
            "a leader was seen where there is none",
            edit("role", (record) => (record.role === "master" ? { ...record, role: "leader" } : record)),
          ),
        ]),
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

/** A pull that brought nothing is of a place that the header does not know. */
function strangers(run: SampleRun, unknown: (name: string, change: Change) => Mutation): Mutation[] {
  const isEmpty = (record: SampleRun["records"][number]) =>
    record.type === "consume" && record.outcome === "acknowledged" && record.messages.length === 0;
  const at = run.records.findIndex(isEmpty);
  if (at < 0) return [];
  const strange =
    (part: { group?: string; broker?: string; topic?: string }): Change =>
    (records) =>
      records.map((record, index) =>
        index === at && record.type === "consume" ? { ...record, ...part } : record,
      );
  return [
    unknown("a group was read that is not of the cluster", strange({ group: "broker-x" })),
    unknown("a broker answered that is not of its group", strange({ broker: "broker-x-9" })),
    unknown("a topic was read that is not the run's", strange({ topic: "another" })),
  ];
}
