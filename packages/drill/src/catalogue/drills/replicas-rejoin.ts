import type { FaultAction } from "@hotfire/engine";
import type { DrillDefinition, Step } from "../drill-definition.ts";
import { anotherTakesOver, writesStopUntilHealed } from "../rules.ts";

/** Killed brokers come back seconds later and not together; where only the link was down they connect in the same moment. */
const ways = [
  { id: "kill", fault: { kind: "kill" } },
  { id: "cut", fault: { kind: "cut", from: ["peers"], direction: "both" } },
] as const satisfies readonly { id: string; fault: FaultAction }[];

const steps = ways.flatMap(({ id, fault }): Step[] => [
  { do: "inject", as: `${id}-replicas`, fault, on: "first:replicas" },
  // Longer than `haHousekeepingInterval`, after which a silent connection is closed.
  { do: "hold", forMs: 8000 },
  { do: "heal", fault: `${id}-replicas` },
  { do: "until-writable", group: "first", atMostMs: 40_000, holdMs: 4000, steadyMs: 250 },
  { do: "inject", as: `${id}-writer`, fault: { kind: "kill" }, on: "first:writer" },
  { do: "until-writable", group: "first", atMostMs: 40_000, holdMs: 4000 },
  { do: "heal", fault: `${id}-writer` },
  { do: "until-ready", atMostMs: 90_000, goOn: true },
]);

const rules = [writesStopUntilHealed, anotherTakesOver];

export const replicasRejoin: DrillDefinition = {
  name: "replicas-rejoin",
  title:
    "Both replicas come back at once under load, and the writer is killed as soon as it takes writes again",
  about:
    "Two replicas that join together are two changes of the in-sync set at the same time. Who may be promoted and whom an " +
    "acknowledgement stands for must be the same brokers throughout. Once after both were killed, once after only their links were down.",
  preset: "dledger",
  steps,
  expect: {
    dledger: {
      claim:
        "Writes come back with the first follower, and the next leader has everything that was acknowledged",
      source: "Raft",
      rules,
    },
    controller: {
      claim:
        "Writes come back with the first slave in sync, and whichever is promoted has everything that was acknowledged",
      source: "Hotfire: docs/explanation/modes.md",
      rules,
    },
  },
  matrix: "all replicas back at once, writer killed",
};
