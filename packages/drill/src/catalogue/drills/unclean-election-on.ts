import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOver, lossTakesMore } from "../rules.ts";

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
      rules: [{ check: "lost", min: 1 }, anotherTakesOver, ...lossTakesMore],
    },
  },
  matrix: false,
};
