import type { SampleRun } from "../synthetic/runs.ts";
import { withoutOffset } from "./changes.ts";
import { type Change, chain, drop, edit, failPulls, insert, rows } from "./edit.ts";
import { type Mutation, s, sendsOf } from "./mutation.ts";
import { ofProofs } from "./of-proofs.ts";

/** What is done to each fault's own records. */
export function ofFaults(run: SampleRun): Mutation[] {
  return run.faults.flatMap(({ id, begin, healed, group }): Mutation[] => {
    const unknown = (check: string, name: string, change: Change): Mutation => ({
      name: `${id}: ${name}`,
      change,
      verdict: "unknown",
      check,
    });
    // A client that is called with messages is judged by what waits for it.
    const isPulled = run.records.every((record) => record.type !== "consume" || record.client === "hotfire");
    const inside = sendsOf(run).find(({ sent, done }) => sent > begin + s && done < healed)?.sequence;
    return [
      ...ofProofs(run, id),
      unknown(
        "faults-proven",
        "its end is missing",
        drop("fault-healed", (record) => record.fault === id),
      ),
      unknown(
        "faults-proven",
        "it was healed before it was in force",
        edit("fault-healed", (record) =>
          record.fault === id ? { ...record, begin: begin - s / 10 } : record,
        ),
      ),
      unknown(
        "faults-proven",
        "it hit no node",
        edit("fault-injected", (record) => (record.fault === id ? { ...record, nodes: [] } : record)),
      ),
      unknown(
        "faults-proven",
        "another fault was planned and never injected",
        insert("fault-injected", {
          type: "fault-planned",
          at: begin,
          fault: "f99",
          kind: "kill",
          target: "x",
        }),
      ),
      ...(inside === undefined ? [] : vanishing(id, inside)),
      unknown(
        "worked-before",
        "the load was not seen to run smoothly before it",
        drop("phase", ({ name }) => name === "baseline"),
      ),
      ...(group === undefined || !isPulled || run.isReal === true
        ? []
        : [
            unknown(
              "everywhere",
              "no pull was due from the fault on",
              chain(
                failPulls({ from: begin, to: run.until, group }),
                drop(
                  "consume",
                  (record) => record.group === group && record.sent >= begin && record.sent < run.until,
                ),
              ),
            ),
          ]),
    ];
  });
}

/** A message of the fault's time was delivered to a consumer, was not acknowledged, and is gone. */
function vanishing(id: string, sequence: number): Mutation[] {
  const outcomes = [
    { name: "in doubt", outcome: "in-doubt" },
    { name: "refused", outcome: "failed" },
  ] as const;
  return outcomes.map(
    ({ name, outcome }): Mutation => ({
      name: `${id}: a message that was ${name} was delivered and is gone`,
      change: chain(
        edit("send", (record) =>
          record.sequence === sequence ? { ...withoutOffset(record), outcome, error: "no answer" } : record,
        ),
        rows(
          () => true,
          (messages) => messages.filter(([, one]) => one !== sequence),
        ),
      ),
      verdict: "fail",
      check: "vanished",
      figure: { of: (result) => result.accounting.vanished?.count, is: 1 },
    }),
  );
}
