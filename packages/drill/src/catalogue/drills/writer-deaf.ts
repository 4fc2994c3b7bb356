import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOver, noTakeover, othersGoOn, writesRecover } from "../rules.ts";

export const writerDeaf: DrillDefinition = {
  name: "writer-deaf",
  title: "The writer is heard by its peers, and hears nothing of them",
  about:
    "The other asymmetric cut: acknowledgements of the followers never arrive. TCP needs both directions, so beats stop too " +
    "once the send window is full or the connection is given up.",
  preset: "dledger",
  steps: [
    {
      do: "inject",
      as: "cut",
      fault: { kind: "cut", from: ["peers", "controllers"], direction: "in" },
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
      rules: [writesRecover, noTakeover, othersGoOn],
    },
    dledger: {
      claim: "Nothing is acknowledged without the answers of a majority; another leader is elected",
      source: "Raft",
      rules: [writesRecover, anotherTakesOver],
    },
    controller: {
      claim: "The controllers miss the heartbeats and promote a slave",
      source: "Hotfire",
      rules: [writesRecover],
    },
  },
  matrix: false,
};
