import type { DrillDefinition, Step } from "../drill-definition.ts";
import { anotherTakesOver, writesRecover } from "../rules.ts";

/** Faults that take a writer away: it is dead, it is frozen, or it is alive and alone. */
export const writerFaults = ["kill", "pause", "cut"] as const;
type WriterFault = (typeof writerFaults)[number];

const faults = {
  kill: { kind: "kill" },
  pause: { kind: "pause" },
  cut: { kind: "cut", from: ["peers", "controllers"], direction: "both" },
  switchover: { kind: "switchover" },
  restart: { kind: "restart", handOver: true },
} as const;

/** The same on purpose: it is asked to hand over, or restarted, and then hands over first. */
export const plannedChanges = ["switchover", "restart"] as const;
export type WriterChange = WriterFault | (typeof plannedChanges)[number];

/** So many rounds of these on whoever is the writer then, each healed, and calm again, before the next. */
export function failoverRounds(kinds: readonly WriterChange[], rounds: number): Step[] {
  return Array.from({ length: rounds }, (_, round) => round + 1).flatMap((round) =>
    kinds.flatMap((kind): Step[] => {
      const id = `${kind}-${round}`;
      return [
        { do: "inject", as: id, fault: faults[kind], on: "first:writer" },
        { do: "until-writable", group: "first", atMostMs: 45_000, holdMs: 2000 },
        { do: "heal", fault: id },
        { do: "until-ready", atMostMs: 90_000 },
        { do: "hold", forMs: 4000 },
      ];
    }),
  );
}

const claim = {
  claim: "However often the writer is lost, another one takes over and nothing acknowledged is missing",
  source: "Hotfire: docs/explanation/failover.md",
  rules: [writesRecover, anotherTakesOver],
};

export const failoverSeries: DrillDefinition = {
  name: "failover-series",
  title: "The writer is killed, frozen and cut off, again and again",
  about:
    "What `make bench-failover` measures with: one history with many switches, so that figures have a spread, and a group that has " +
    "been through many elections is checked for loss, order and equal replicas like any other.",
  preset: "dledger",
  steps: failoverRounds(writerFaults, 3),
  expect: { dledger: claim, controller: claim },
  matrix: false,
};
