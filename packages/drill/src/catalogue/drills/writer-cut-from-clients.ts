import type { DrillDefinition } from "../drill-definition.ts";
import { noTakeover, othersGoOn, writesStopUntilHealed } from "../rules.ts";

export const writerCutFromClients: DrillDefinition = {
  name: "writer-cut-from-clients",
  title: "The writer is cut off from clients, but not from its peers",
  about:
    "The replicas see a healthy writer and have no reason to elect another one, so writes stop until the network is healed: " +
    "no mode of RocketMQ can help here. Reads move to a replica where clients may read from one.",
  preset: "dledger",
  steps: [
    {
      do: "inject",
      as: "cut",
      fault: { kind: "cut", from: ["clients"], direction: "both" },
      on: "first:writer",
    },
    { do: "hold", forMs: 12_000 },
    { do: "heal", fault: "cut" },
  ],
  expect: {
    "single-master": { claim: "Writes stop until healed", source: "Hotfire", rules: [writesStopUntilHealed] },
    "multi-master": {
      claim: "Writes to that group stop until healed; the other group goes on",
      source: "Hotfire",
      rules: [writesStopUntilHealed, othersGoOn],
    },
    "master-slave-async": {
      claim: "Writes to that group stop until healed; the other group goes on",
      source: "Hotfire",
      rules: [writesStopUntilHealed, noTakeover, othersGoOn],
    },
    "master-slave-sync": {
      claim: "Writes to that group stop until healed; the other group goes on",
      source: "Hotfire",
      rules: [writesStopUntilHealed, noTakeover, othersGoOn],
    },
    dledger: {
      claim: "The followers still hear their leader: no other one is elected, and writes stop until healed",
      source: "Raft",
      rules: [writesStopUntilHealed, noTakeover],
    },
    controller: {
      claim: "The controllers still hear the master: no slave is promoted, and writes stop until healed",
      source: "RocketMQ documentation: controller mode",
      rules: [writesStopUntilHealed, noTakeover],
    },
  },
  matrix: "writer cut from clients",
};
