import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOver, deliveredAndGone, losesUntilInForce, skippedByConsumers } from "../rules.ts";

/** 600 sends a second in the 20 s of the cut, and 5 s until the master is gone. */
const mostBehind = 15_000;

export const uncleanElectionOn: DrillDefinition = {
  name: "unclean-election-on",
  title: "Only out-of-sync replicas survive the master, and unclean election is on",
  about:
    "The slaves are cut off until the master goes on alone (the pair may degrade), then the master is killed and the slaves come " +
    "back: they lack acknowledged messages. `electUncleanMaster` in the spec decides between availability and loss.",
  preset: "controller",
  needs: { whenSlaveIsGone: "degrade", electUncleanMaster: true },
  steps: [
    {
      do: "inject",
      as: "cut",
      fault: { kind: "cut", from: ["peers"], direction: "both" },
      on: "first:replicas",
    },
    { do: "hold", forMs: 20_000 },
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "first:writer" },
    { do: "heal", fault: "cut" },
    { do: "hold", forMs: 8000 },
    { do: "heal", fault: "kill" },
  ],
  expect: {
    controller: {
      claim: "A slave that lacks messages is promoted: writes come back, and acknowledged messages are lost",
      source: "RocketMQ documentation: controller mode",
      rules: [losesUntilInForce, anotherTakesOver, deliveredAndGone(mostBehind), skippedByConsumers],
    },
  },
  matrix: false,
};
