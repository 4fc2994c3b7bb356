import type { SampleRun } from "../synthetic/runs.ts";
import { edit, failPulls, failSends } from "./edit.ts";
import { type Mutation, s } from "./mutation.ts";

/** What is done to each group by itself. */
export function ofGroups(run: SampleRun): Mutation[] {
  const last = run.faults.at(-1);
  const calm = Math.max(run.until - 4 * s, (last?.healed ?? 0) + 0.5 * s);
  const spared = run.groups.filter(
    (group) => run.faults.length > 0 && run.faults.every((fault) => fault.group !== group),
  );
  const [fault] = run.faults;
  return [
    ...run.groups.flatMap((group): Mutation[] => [
      {
        name: `writes to ${group} die before the end`,
        change: failSends({ from: calm, to: run.until + s, group }),
        verdict: "fail",
        check: "works-at-end",
      },
      {
        name: `nine of ten writes to ${group} fail to the end`,
        change: failSends({ from: calm, to: run.until + s, group, share: 0.9 }),
        verdict: "fail",
        check: "works-at-end",
      },
      {
        name: `reads from ${group} die before the end`,
        change: failPulls({ from: calm, to: run.until + 0.5 * s, group }),
        verdict: "fail",
        check: "works-at-end",
      },
      {
        name: `pulls of ${group} bring nothing while messages wait`,
        change: edit("consume", (record) =>
          record.group === group && record.sent >= 3 * s ? { ...record, code: 19, messages: [] } : record,
        ),
        verdict: "fail",
        check: "undelivered",
      },
    ]),
    ...(fault === undefined
      ? []
      : spared.flatMap((group): Mutation[] => [
          // A real run bears what its own calm shows.
          ...(run.isReal ? [] : invented(group, fault.begin, fault.healed)),
          {
            name: `nine of ten writes to ${group}, which was not hit, fail in the fault`,
            change: failSends({ from: fault.begin, to: fault.healed, group, share: 0.9 }),
            verdict: "fail",
            check: "outage",
          },
          {
            name: `writes to ${group}, which was not hit, stop for 4.9 s from the healing`,
            change: failSends({ from: fault.healed - 0.3 * s, to: fault.healed + 4.6 * s, group }),
            verdict: "fail",
            check: "outage",
          },
          {
            name: `writes to ${group}, which was not hit, stop for 4.9 s in the fault`,
            change: failSends({ from: fault.begin, to: fault.begin + 4.9 * s, group }),
            verdict: "fail",
            check: "outage",
          },
          {
            name: `reads from ${group}, which was not hit, stop for 4.9 s in the fault`,
            change: failPulls({ from: fault.begin, to: fault.begin + 4.9 * s, group }),
            verdict: "fail",
            check: "outage",
          },
        ])),
  ];
}

function invented(group: string, begin: number, healed: number): Mutation[] {
  const fault = { begin, healed };
  return [
    {
      name: `writes to ${group}, which was not hit, stop for 2.5 s`,
      change: failSends({ from: fault.begin + 0.1 * s, to: fault.begin + 2.6 * s, group }),
      verdict: "fail",
      check: "outage",
    },
    {
      name: `reads from ${group}, which was not hit, stop for 2.5 s`,
      change: failPulls({ from: fault.begin + 0.1 * s, to: fault.begin + 2.6 * s, group }),
      verdict: "fail",
      check: "outage",
    },
    {
      name: `writes to ${group}, which was not hit, stop for 1.2 s`,
      change: failSends({ from: fault.begin + 0.1 * s, to: fault.begin + 1.3 * s, group }),
      verdict: "fail",
      check: "outage",
    },
    {
      name: `writes to ${group}, which was not hit, stop for half a second, and again, and again`,
      change: failSends({ from: fault.begin, to: fault.healed, group, pieces: 0.5 * s }),
      verdict: "fail",
      check: "outage",
    },
    {
      name: `a third of the writes to ${group}, which was not hit, fail in the fault`,
      change: failSends({ from: fault.begin, to: fault.healed, group, share: 0.35 }),
      verdict: "fail",
      check: "outage",
    },
    {
      name: `writes to ${group}, which was not hit, stop for 3.3 s from the healing`,
      change: failSends({ from: fault.healed - 0.1 * s, to: fault.healed + 3.2 * s, group }),
      verdict: "fail",
      check: "outage",
    },
  ];
}
