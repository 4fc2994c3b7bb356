import type { Rule } from "@hotfire/judge/history";

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

export const noTakeover: Rule = { check: "takeovers", groups: "target", max: 0 };

/** After each fault that hit the broker which took the writes. */
export const anotherTakesOver: Rule = { check: "takeovers", groups: "target", per: "fault", min: 1 };

/** At least once in the run, where a fault may leave the same broker in its place. */
export const anotherTakesOverOnce: Rule = { check: "takeovers", groups: "target", min: 1 };

/**
 * What a new or restored master lacks is gone for good: such messages, and no others, may have been delivered without being acknowledged.
 * `most`: what the group's load sends while its replicas fall behind.
 */
export function deliveredAndGone(most: number): Rule {
  return {
    check: "vanished",
    max: most,
    sent: "until-in-force",
    because:
      "RocketMQ delivers what only the master has, acknowledged or not, and that is gone with its disk or its lead",
  };
}

/** Its offsets begin again below where consumers are; each offset that is given twice stands for a message that is gone. */
export const skippedByConsumers: Rule = {
  check: "undelivered",
  sent: "in-windows",
  notAbove: ["lost", "vanished"],
  because:
    "consumers stand behind what the group has then, and never get what it stores at offsets that they have had",
};

/** A negative control: it must lose, and only what was sent to the group that was hit before that. */
export const losesUntilInForce: Rule = { check: "lost", min: 1, sent: "until-in-force" };

/** Writes of the group that was hit come back, each time within so many seconds of the fault's order. */
export function writesBackWithin(seconds: number): Rule {
  return { check: "rto", verb: "send", groups: "target", max: seconds * 1_000_000 };
}

/** Nothing acknowledged is missing at the end, and all of it was delivered. */
export const allDelivered: Rule = { check: "undelivered", max: 0 };
