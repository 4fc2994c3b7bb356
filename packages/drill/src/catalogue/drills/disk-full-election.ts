import type { Rule } from "@hotfire/judge/history";
import type { DrillDefinition } from "../drill-definition.ts";
import { writesBackWithin } from "../rules.ts";

/** It stops, since no member can take over; and it comes back once there is room. */
const rules: Rule[] = [
  { check: "outage", verb: "send", groups: "target", expect: "some" },
  writesBackWithin(90),
];

export const diskFullElection: DrillDefinition = {
  name: "disk-full-election",
  title: "The replicas' disks are full to the last byte when the writer is frozen",
  about:
    "A member that votes has to remember it: term and vote go to its disk before it answers, and an elected master's epoch too. With no " +
    "room for them no member may be elected on their word. Needs a store of limited size (`storeLimit` in the spec).",
  preset: "dledger",
  needs: { storeLimit: "1g" },
  steps: [
    { do: "inject", as: "full", fault: { kind: "disk-full", percent: 100 }, on: "first:replicas" },
    { do: "inject", as: "pause", fault: { kind: "pause" }, on: "first:writer" },
    { do: "hold", forMs: 12_000 },
    { do: "heal", fault: "full" },
    { do: "until-writable", group: "first", atMostMs: 45_000, holdMs: 4000 },
    { do: "heal", fault: "pause" },
  ],
  expect: {
    dledger: {
      claim:
        "No vote is forgotten: nothing acknowledged is lost, and there is a leader again once there is room",
      source: "Raft",
      rules,
    },
    controller: {
      claim: "Nothing acknowledged is lost, and there is a master again once there is room",
      source: "Hotfire: docs/explanation/failover.md",
      rules,
    },
  },
  matrix: "replicas' disks full at an election",
};
