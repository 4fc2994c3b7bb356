import type { DrillDefinition } from "../drill-definition.ts";
import { writesStopUntilHealed } from "../rules.ts";

export const quorumLost: DrillDefinition = {
  name: "quorum-lost",
  title: "All replicas of the leader are killed: no majority is left",
  about:
    "A DLedger leader without a majority must acknowledge nothing: what it stores alone is in doubt, and is not lost either " +
    "if it stays leader. Writes come back when a follower is.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "first:replicas" },
    { do: "hold", forMs: 6000 },
    { do: "heal", fault: "kill" },
    { do: "until-writable", group: "first", atMostMs: 40_000, holdMs: 5000 },
  ],
  expect: {
    dledger: {
      claim:
        "Writes are refused without a majority, nothing acknowledged is lost, and writes come back with one",
      source: "Raft",
      rules: [writesStopUntilHealed],
    },
    controller: {
      claim: "A master alone is less than two in-sync brokers: writes are refused until a slave is back",
      source: "Hotfire: docs/explanation/modes.md",
      rules: [writesStopUntilHealed],
    },
  },
  matrix: "all replicas killed",
};
