import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOver, noTakeover, othersGoOn, writesRecover } from "../rules.ts";

export const writerMute: DrillDefinition = {
  name: "writer-mute",
  title: "The writer hears its peers, and they hear nothing of it",
  about:
    "An asymmetric cut: beats and entries of the leader are lost on their way out, so its followers elect another one, and the " +
    "old leader learns of the new term because it can still be reached.",
  preset: "dledger",
  steps: [
    {
      do: "inject",
      as: "cut",
      fault: { kind: "cut", from: ["peers", "controllers"], direction: "out" },
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
      claim:
        "The followers miss the beats and elect another leader; the old one steps down when it hears of the new term",
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
