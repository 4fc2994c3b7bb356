import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, drop, edit, insert } from "./edit.ts";
import { type Mutation, s, sendsOf } from "./mutation.ts";

/** What is done to who writes, where brokers are elected. */
export function ofElections(run: SampleRun): Mutation[] {
  if (run.mode !== "dledger" && run.mode !== "controller") return [];
  return run.faults.flatMap(({ id, group, begin }): Mutation[] => {
    if (group === undefined) return [];
    const old = sendsOf(run, group).findLast(({ done }) => done <= begin)?.broker ?? "";
    const successor = sendsOf(run, group).find(({ sent, broker }) => sent > begin && broker !== old);
    if (successor === undefined) return [];
    return [
      {
        name: `${id}: the old writer acknowledges once more`,
        change: stale(run, group, successor.done + 1.5 * s, old),
        verdict: "fail",
        check: "one-writer",
      },
      {
        name: `${id}: no replica takes over`,
        change: edit("send", (record) =>
          record.group === group && record.sent >= begin && record.broker !== undefined
            ? { ...record, broker: old }
            : record,
        ),
        verdict: "fail",
        check: "takeovers",
      },
      {
        name: `${id}: it was not seen which broker leads`,
        change: drop("role", (record) => record.group === group),
        verdict: "unknown",
        check: "observed",
      },
      {
        name: `${id}: two leaders in a term`,
        change: insert("drained", {
          type: "role",
          at: run.until,
          group,
          node: "broker-a-9",
          role: "leader",
          term: 1,
          source: "self",
        }),
        verdict: "fail",
        check: "one-writer",
      },
    ];
  });
}

/** A few sends in the reign of the next writer are answered by the one before, which was not elected again. */
function stale(run: SampleRun, group: string, from: number, node: string): Change {
  const few = new Set(
    sendsOf(run, group)
      .filter(({ sent }) => sent >= from)
      .slice(0, 3)
      .map(({ sequence }) => sequence),
  );
  return edit("send", (record) => (few.has(record.sequence) ? { ...record, broker: node } : record));
}
