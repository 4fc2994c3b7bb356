import type { DrillDefinition } from "../drill-definition.ts";
import { noTakeover } from "../rules.ts";

export const uncleanElectionOff: DrillDefinition = {
  name: "unclean-election-off",
  title: "Only out-of-sync replicas survive the master, and unclean election is off",
  about:
    "The slaves are cut off until the master goes on alone (the pair may degrade), then the master is killed and the slaves come " +
    "back: they lack acknowledged messages. `electUncleanMaster` in the spec decides between availability and loss.",
  preset: "controller",
  needs: { whenSlaveIsGone: "degrade", electUncleanMaster: false },
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
      claim: "No slave is promoted: writes stop until the old master is back, and nothing is lost",
      source: "RocketMQ documentation: controller mode",
      rules: [{ check: "lost", max: 0 }, noTakeover],
    },
  },
  matrix: false,
};
