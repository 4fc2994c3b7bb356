import type { Rule } from "@hotfire/judge/history";
import type { DrillDefinition, Step } from "../drill-definition.ts";
import { anotherTakesOver } from "../rules.ts";

const rounds = 3;

const steps = Array.from({ length: rounds }, (_, index) => `switch-${index + 1}`).flatMap((id): Step[] => [
  { do: "inject", as: id, fault: { kind: "switchover" }, on: "first:writer" },
  { do: "hold", forMs: 2000 },
  { do: "heal", fault: id },
  { do: "hold", forMs: 1000 },
]);

const source = "Hotfire: docs/explanation/failover.md";
const noneFails: Rule = { check: "failed", max: 0 };

export const plannedSwitch: DrillDefinition = {
  name: "planned-switch",
  title: "The group's writes are handed to another broker, again and again, with everybody alive",
  about:
    "What `hotfire switchover` costs under load. DLedger's leader transfers its leadership, the controllers elect another in-sync " +
    "replica; the client tries what failed once more, a second later, as every client of RocketMQ does in its own way.",
  preset: "dledger",
  workload: { retry: { times: 1, afterMs: 1000 } },
  steps,
  expect: {
    dledger: {
      claim:
        "A planned switch costs a client that tries a failed send once more nothing: all of it is acknowledged",
      source,
      rules: [anotherTakesOver, noneFails, { check: "in-doubt", max: 0 }],
    },
    controller: {
      claim: "Nothing is refused for good; what waits for a slave when the master is replaced stays in doubt",
      source,
      rules: [anotherTakesOver, noneFails],
    },
  },
  matrix: "planned switch",
};
