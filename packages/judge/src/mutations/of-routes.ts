import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, chain, edit, insertAt } from "./edit.ts";
import { type Mutation, unknown } from "./mutation.ts";

/** Routes, roles and answers that do not agree on the replica that clients read. */
export function ofRoutes(run: SampleRun): Mutation[] {
  const [head] = run.records;
  const follower = run.records.find((record) => record.type === "read-back" && !record.authoritative);
  if (head?.type !== "header" || follower?.type !== "read-back") return [];
  const { group, node } = follower;
  const members = head.cluster.groups.find(({ name }) => name === group)?.brokers ?? [];
  const at = run.until - 200_000;
  const lookBefore = at - 100_000;
  const flip = (namesrvs: readonly string[]): Change =>
    insertAt(
      at,
      ...namesrvs.map((namesrv) => ({
        type: "route" as const,
        at,
        previousAt: lookBefore,
        namesrv,
        group,
        master: node,
        members,
      })),
    );
  const [one = ""] = head.cluster.namesrvs;
  const readFrom = chain(
    edit("read-back", (record) =>
      record.group === group ? { ...record, authoritative: record.node === node } : record,
    ),
    edit("read-back-done", (record) =>
      record.group === group ? { ...record, authoritative: record.node === node } : record,
    ),
    edit("authority", (record) =>
      record.group === group
        ? {
            ...record,
            node,
            masters: [node],
            routed: Object.fromEntries(head.cluster.namesrvs.map((name) => [name, node])),
          }
        : record,
    ),
  );
  return [
    unknown("routed", "the route changes at the end to another replica", flip(head.cluster.namesrvs)),
    unknown("routed", "the route of one name server changes at the end", flip([one])),
    unknown(
      "routed",
      "what was read back is a replica, with its routes changed at the end",
      chain(flip(head.cluster.namesrvs), readFrom),
    ),
    unknown("routed", "what was read back called itself a replica", (records) => {
      const choice = records.find((record) => record.type === "authority" && record.group === group);
      const word = records.findLast(
        (record) =>
          record.type === "role" &&
          choice?.type === "authority" &&
          record.node === choice.node &&
          (record.source === "self" || record.source === "broker"),
      );
      if (word?.type !== "role") return [...records];
      const role = word.source === "self" ? ("follower" as const) : ("slave" as const);
      return insertAt(at, { ...word, at, previousAt: lookBefore, role })(records);
    }),
    unknown(
      "routed",
      "the replica that was read back is its own choice",
      edit("authority", (record) => ({ ...record, by: "own-word" })),
    ),
    unknown(
      "whole-again",
      "a broker is in no route when the load ends",
      edit("route", (record) => ({
        ...record,
        members: record.members.filter((member) => member !== node),
      })),
    ),
  ];
}
