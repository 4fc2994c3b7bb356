import type { Rule } from "../history/expectation.ts";
import type { SampleRun } from "../synthetic/runs.ts";
import { type Change, header } from "./edit.ts";
import { type Mutation, unknown } from "./mutation.ts";

/** Claims that nothing could break. */
export function ofClaims(run: SampleRun): Mutation[] {
  const [head] = run.records;
  if (head?.type !== "header" || head.expectation === undefined) return [];
  const claim = (...rules: readonly Rule[]): Change =>
    header((record) =>
      record.expectation === undefined
        ? record
        : {
            ...record,
            expectation: {
              ...record.expectation,
              rules: [
                ...record.expectation.rules.filter(({ check }) => rules.every((one) => one.check !== check)),
                ...rules,
              ],
            },
          },
    );
  const boundless: readonly (readonly [string, Rule])[] = [
    ["any loss", { check: "lost" }],
    ["at least no loss", { check: "lost", min: 0 }],
    ["more loss than there are messages", { check: "lost", max: 2 ** 31 }],
    ["any message undelivered", { check: "undelivered" }],
    ["any other body", { check: "wrong-body", max: Number.MAX_SAFE_INTEGER }],
    ["any failure at any time", { check: "outside-faults", max: 10_000_000 }],
    ["any disorder", { check: "reordered" }],
    ["a month without service", { check: "rto", groups: "target", max: 30 * 86_400 * 1_000_000 }],
    ["no availability", { check: "availability", groups: "all", min: 0 }],
    ["any number of takeovers", { check: "takeovers", groups: "target" }],
    ["at least no takeover", { check: "takeovers", groups: "target", min: 0 }],
    ["that the others may stop", { check: "outage", groups: "others", expect: "recovers" }],
  ];
  return [
    ...boundless.map(([name, rule]) => unknown("claimed", `the claim is ${name}`, claim(rule))),
    ...(run.faults.length > 0
      ? []
      : [
          unknown(
            "faults-proven",
            "the claim is of faults, and none was injected",
            header(({ expectation, ...record }) => {
              if (expectation === undefined) return record;
              const { faults: _, ...rest } = expectation;
              return { ...record, expectation: rest };
            }),
          ),
        ]),
  ];
}
