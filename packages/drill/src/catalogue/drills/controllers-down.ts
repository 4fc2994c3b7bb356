import type { DrillDefinition } from "../drill-definition.ts";
import { nothingStops } from "../rules.ts";

export const controllersDown: DrillDefinition = {
  name: "controllers-down",
  title: "All controllers are killed",
  about:
    "Controllers decide who is master; messages do not pass through them. Without them everything goes on as long as no master " +
    "has to be promoted or leaves the in-sync set.",
  preset: "controller",
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "controller:all" },
    { do: "hold", forMs: 8000 },
    { do: "heal", fault: "kill" },
    { do: "hold", forMs: 3000 },
  ],
  expect: {
    controller: {
      claim: "Reads and writes go on without any controller",
      source: "RocketMQ documentation: controller mode",
      // Controllers belong to no broker group: the rule is about all of them.
      rules: [nothingStops, { check: "takeovers", groups: "all", max: 0 }],
    },
  },
  matrix: "all controllers killed",
};
