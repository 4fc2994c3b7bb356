import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, chain, drop, edit, rows } from "./edit.ts";
import type { Mutation } from "./mutation.ts";

/** Replicas that are not the same, where there is more than one. */
export function ofReplicas(run: SampleRun): Mutation[] {
  const follower = run.records.find((record) => record.type === "read-back" && !record.authoritative);
  if (follower?.type !== "read-back") return [];
  const { group, node, queue } = follower;
  const mine = (record: { readonly group: string; readonly node: string; readonly queue: number }) =>
    record.group === group && record.node === node && record.queue === queue;
  const fail = (name: string, change: Change): Mutation => ({
    name,
    change,
    verdict: "fail",
    check: "replicas-equal",
  });
  return [
    fail(
      "a replica lacks the last message",
      chain(
        rows(mine, (messages) => messages.slice(0, -1)),
        edit("read-back-done", (record) => (mine(record) ? { ...record, to: record.to - 1 } : record)),
      ),
    ),
    fail(
      "a replica has another body",
      rows(mine, (messages) => messages.map(([offset, one, crc]) => [offset, one, offset === 5 ? 1 : crc])),
    ),
    fail(
      "a replica has two messages the other way round",
      rows(mine, (messages) =>
        messages.map((row, index) => [
          row[0],
          messages[index === 3 ? 4 : index === 4 ? 3 : index]?.[1] ?? row[1],
          row[2],
        ]),
      ),
    ),
    fail(
      "one replica differs, and another queue could not be read",
      chain(
        rows(mine, (messages) => messages.map(([offset, one, crc]) => [offset, one, offset === 5 ? 1 : crc])),
        edit("read-back-done", (record) =>
          record.node === node && record.queue !== queue ? { ...record, error: "timeout" } : record,
        ),
      ),
    ),
    {
      name: "a replica was not read at all",
      change: chain(
        drop("read-back", (record) => record.node === node),
        drop("read-back-done", (record) => record.node === node),
      ),
      verdict: "unknown",
      check: "read-back",
    },
    {
      name: "one queue of a replica was not read",
      change: chain(drop("read-back", mine), drop("read-back-done", mine)),
      verdict: "unknown",
      check: "read-back",
    },
  ];
}
