import type { StoredRecord } from "../history/record.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, chain, counted, edit, failSends, insertAt } from "./edit.ts";
import { type Mutation, s, unknown } from "./mutation.ts";

/** Records at another place of the file than a run would have written them at. */
export function ofOrder(run: SampleRun): Mutation[] {
  const first = run.groups[0] ?? "";
  const late = run.until - 200_000;
  const isRole = ({ type }: StoredRecord) => type === "role";
  const hasRoles = run.records.some((record) => record.type === "role" && record.at > 2 * s);
  const isFault = ({ type }: StoredRecord) => type === "fault-injected" || type === "fault-healed";
  return [
    unknown("one-clock", "all sends are told in the opposite order", (records) => {
      const sends = records.filter(({ type }) => type === "send").reverse();
      return records.map((record) => (record.type === "send" ? (sends.shift() ?? record) : record));
    }),
    unknown(
      "one-clock",
      "routes are told at the end of the file",
      toEnd(({ type }) => type === "route"),
    ),
    ...(hasRoles
      ? [
          unknown("one-clock", "roles are told at the end of the file", toEnd(isRole)),
          unknown("one-clock", "roles are told at the head of the file", toHead(isRole)),
          unknown("one-clock", "roles are told three seconds late", later(isRole, 3 * s)),
          unknown("one-clock", "roles are told three seconds early", later(isRole, -3 * s)),
          unknown(
            "observed",
            "it is not told when the old roles were last seen",
            edit("role", ({ previousAt: _, ...record }) => record),
          ),
        ]
      : []),
    unknown(
      "observed",
      "a change of a route is told without what was before",
      insertAt(late, {
        type: "route",
        at: late,
        namesrv: "namesrv-0",
        group: first,
        members: [],
      }),
    ),
    unknown(
      "observed",
      "a change of a role is told that was not seen before",
      insertAt(late, {
        type: "role",
        at: late,
        previousAt: late - 1000,
        group: first,
        node: `${first}-0`,
        role: run.mode === "dledger" ? "follower" : "slave",
        source: "controller-9",
      }),
    ),
    unknown(
      "consistent",
      "the load began to run smoothly twice",
      edit("phase", (record) => (record.name === "baseline" ? [record, record] : record)),
    ),
    unknown(
      "consistent",
      "it is told twice which replica clients read",
      edit("authority", (record) => [record, record]),
    ),
    unknown(
      "consistent",
      "the consumers had everything after they had not",
      edit("drained", (record) => [{ ...record, complete: false }, record]),
    ),
    unknown(
      "consistent",
      "the load ended twice",
      edit("phase", (record) => (record.name === "drain" ? [record, record] : record)),
    ),
    unknown(
      "consistent",
      "another client counted the sends",
      edit("sending-stopped", (record) => ({ ...record, client: "java" })),
    ),
    ...(run.faults.length === 0
      ? []
      : [
          unknown(
            "worked-before",
            "the load was not seen to run smoothly until the fault was over",
            toEnd((record) => record.type === "phase" && record.name === "baseline"),
          ),
          unknown(
            "consistent",
            "a fault was planned twice",
            edit("fault-planned", (record) => [record, record]),
          ),
          unknown("one-clock", "faults are told at the end of the file", toEnd(isFault)),
          unknown("one-clock", "faults are told at the head of the file", toHead(isFault)),
          unknown(
            "worked-before",
            "the load ran smoothly only just before the fault",
            edit("phase", (record) =>
              record.name === "baseline" ? { ...record, at: (run.faults[0]?.begin ?? 0) - s } : record,
            ),
          ),
          unknown(
            "worked-before",
            "what failed before the fault is left out of the smooth time",
            chain(
              failSends({
                from: (run.faults[0]?.begin ?? 0) - 3 * s,
                to: (run.faults[0]?.begin ?? 0) - 2 * s,
                group: first,
              }),
              lateBaseline((run.faults[0]?.begin ?? 0) - 1.9 * s),
            ),
          ),
        ]),
  ];
}

/** Behind all else that is told of the load. */
function toEnd(which: (record: StoredRecord) => boolean): Change {
  return (records) => {
    const some = records.filter(which);
    return counted(
      records
        .filter((record) => !which(record))
        .flatMap((record) => (record.type === "end" ? [...some, record] : [record])),
    );
  };
}

function toHead(which: (record: StoredRecord) => boolean): Change {
  return (records) => {
    const [head, ...others] = records;
    if (head === undefined) return [];
    return counted([head, ...others.filter(which), ...others.filter((record) => !which(record))]);
  };
}

/** Where they are in the file, with other moments. */
function later(which: (record: StoredRecord) => boolean, by: number): Change {
  return (records) =>
    records.map((record) => {
      if (!which(record) || record.type !== "role" || record.at < 4 * s) return record;
      const { previousAt } = record;
      return {
        ...record,
        at: record.at + by,
        ...(previousAt === undefined ? {} : { previousAt: previousAt + by }),
      };
    });
}

/** The phase is told where a run would tell it. */
function lateBaseline(at: number): Change {
  return (records) => {
    const phase = records.find((record) => record.type === "phase" && record.name === "baseline");
    const others = records.filter((record) => record !== phase);
    const next = others.findIndex((record) => record.type === "send" && record.done > at + 3.99 * s);
    return phase?.type === "phase"
      ? counted([...others.slice(0, next), { ...phase, at }, ...others.slice(next)])
      : [...records];
  };
}
