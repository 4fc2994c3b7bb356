import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOverOnce } from "../rules.ts";

export const clusterRestart: DrillDefinition = {
  name: "cluster-restart",
  title: "Everything is restarted at once; then a replica is cut off for 6 s, and the writer killed",
  about:
    "After a restart of everything the same broker may be master again, in the same epoch or the next. What its replicas hold is " +
    "good and must be kept, now and when a connection breaks later: a replica that throws it away and copies it " +
    "again is short of acknowledged messages meanwhile, and the writer may die just then.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "restart", fault: { kind: "restart" }, on: "cluster:all" },
    { do: "until-ready", atMostMs: 120_000, goOn: true },
    { do: "hold", forMs: 4000 },
    { do: "heal", fault: "restart" },
    {
      do: "inject",
      as: "cut",
      fault: { kind: "cut", from: ["peers"], direction: "both" },
      on: "first:replica",
    },
    { do: "hold", forMs: 6000 },
    { do: "heal", fault: "cut" },
    { do: "inject", as: "writer", fault: { kind: "kill" }, on: "first:writer" },
    { do: "until-writable", group: "first", atMostMs: 40_000, holdMs: 4000 },
    { do: "heal", fault: "writer" },
  ],
  expect: {
    dledger: {
      claim: "A restart of everything loses nothing, and neither does a leader that dies right after",
      source: "Raft",
      rules: [anotherTakesOverOnce],
    },
    controller: {
      claim: "A restart of everything loses nothing, and neither does a master that dies right after",
      source: "Hotfire: docs/explanation/failover.md",
      rules: [anotherTakesOverOnce],
    },
  },
  matrix: "everything restarted, replica cut off, writer killed",
};
