import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOver, writesRecover } from "../rules.ts";

export const diskDestroyed: DrillDefinition = {
  name: "disk-destroyed",
  title: "The disk of a writer that can be replaced is destroyed",
  about:
    "The leader or elected master is killed and its store deleted. Another replica takes over, and the old one comes back " +
    "empty and copies everything again.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "disk", fault: { kind: "disk-destroyed" }, on: "first:writer" },
    { do: "until-writable", group: "first", atMostMs: 30_000, holdMs: 4000 },
    { do: "heal", fault: "disk" },
  ],
  expect: {
    dledger: {
      claim: "Nothing acknowledged is lost; the empty replica copies everything from the new leader",
      source: "Raft",
      rules: [writesRecover, anotherTakesOver],
    },
    controller: {
      claim: "Nothing acknowledged is lost; the empty replica copies everything from the new master",
      source: "RocketMQ documentation: controller mode",
      rules: [writesRecover, anotherTakesOver],
    },
  },
  matrix: "writer's disk destroyed",
};
