import type { Rule } from "../verdict/rule.ts";

/** Rules that many expectations share, by what they say. */

/** The groups that were not hit go on as if nothing had happened. */
export const othersGoOn: Rule = { check: "outage", groups: "others", expect: "none" };

export const nothingStops: Rule = { check: "outage", groups: "all", expect: "none" };

export const writesStopUntilHealed: Rule = {
  check: "outage",
  verb: "send",
  groups: "target",
  expect: "until-healed",
};

export const readsStopUntilHealed: Rule = {
  check: "outage",
  verb: "consume",
  groups: "target",
  expect: "until-healed",
};

/** Writes of the group that was hit come back, or never stop, while the fault is still in force. */
export const writesRecover: Rule = { check: "outage", verb: "send", groups: "target", expect: "recovers" };

export const readsRecover: Rule = { check: "outage", verb: "consume", groups: "target", expect: "recovers" };

export const writesGoOn: Rule = { check: "outage", verb: "send", groups: "target", expect: "none" };

export const nobodyTakesOver: Rule = { check: "takeovers", groups: "target", max: 0 };

/** After each fault that hit the broker which took the writes. */
export const anotherTakesOver: Rule = { check: "takeovers", groups: "target", per: "fault", min: 1 };

/** At least once in the run, where a fault may leave the same broker in its place. */
export const anotherTakesOverOnce: Rule = { check: "takeovers", groups: "target", min: 1 };

/**
 * Where messages are lost with a disk or an unclean election, the new master's offsets begin again below where consumers are: what it
 * stores there is never delivered, and what was delivered in doubt may be gone. It is part of such a loss.
 */
export const lossTakesMore: readonly Rule[] = [{ check: "undelivered" }, { check: "vanished" }];

/** Writes of the group that was hit come back, each time within so many seconds of the fault's order. */
export function writesBackWithin(seconds: number): Rule {
  return { check: "rto", verb: "send", groups: "target", max: seconds * 1_000_000 };
}

/** Nothing acknowledged is missing at the end, and all of it was delivered. */
export const allDelivered: Rule = { check: "undelivered", max: 0 };
