import type { DrillDefinition } from "../drill-definition.ts";
import {
  anotherTakesOver,
  noTakeover,
  othersGoOn,
  writesGoOn,
  writesRecover,
  writesStopUntilHealed,
} from "../rules.ts";

export const writerCutFromPeers: DrillDefinition = {
  name: "writer-cut-from-peers",
  title: "The writer is cut off from its peers, but not from clients",
  about:
    "The classic split: clients still reach the old writer while the rest elects another one. Raft must refuse what the old " +
    "leader can no longer replicate; plain master-slave has nothing to decide, and what happens is a matter of how many " +
    "copies an acknowledgement stands for.",
  preset: "dledger",
  steps: [
    {
      do: "inject",
      as: "cut",
      fault: { kind: "cut", from: ["peers", "controllers"], direction: "both" },
      on: "first:writer",
    },
    { do: "until-writable", group: "first", atMostMs: 40_000, holdMs: 5000 },
    { do: "hold", forMs: 2000 },
    { do: "heal", fault: "cut" },
  ],
  expect: {
    "master-slave-async": {
      claim: "The master goes on alone, and the slave catches up after healing",
      source: "Hotfire",
      rules: [writesGoOn, noTakeover, othersGoOn],
    },
    "master-slave-sync": {
      claim: "Without the slave nothing is acknowledged (whenSlaveIsGone: refuse); the other group goes on",
      source: "Hotfire: docs/explanation/modes.md",
      rules: [writesStopUntilHealed, noTakeover, othersGoOn],
    },
    dledger: {
      claim: "A majority elects a new leader; the old one acknowledges nothing",
      source: "Raft",
      rules: [writesRecover, anotherTakesOver],
    },
    controller: {
      claim:
        "A master that the controllers cannot see is replaced; the old one acknowledges nothing without its in-sync set",
      source: "RocketMQ documentation: controller mode",
      rules: [writesRecover, anotherTakesOver],
    },
  },
  matrix: "writer cut from peers",
};
