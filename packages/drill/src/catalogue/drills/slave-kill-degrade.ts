import type { DrillDefinition } from "../drill-definition.ts";
import { noTakeover, othersGoOn, writesRecover } from "../rules.ts";

export const slaveKillDegrade: DrillDefinition = {
  name: "slave-kill-degrade",
  title: "The slave of a synchronous pair that may degrade is killed",
  about:
    "The other choice of the spec: with `whenSlaveIsGone: degrade` the master acknowledges alone while its slave is gone. " +
    "Writes go on, and an acknowledgement stands for one copy until the slave is back.",
  preset: "master-slave-sync",
  needs: { whenSlaveIsGone: "degrade" },
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "first:replica" },
    { do: "hold", forMs: 8000 },
    { do: "heal", fault: "kill" },
  ],
  expect: {
    "master-slave-sync": {
      claim: "Writes come back with one copy while the slave is dead",
      source: "Hotfire: docs/explanation/modes.md",
      rules: [writesRecover, othersGoOn, noTakeover],
    },
  },
  matrix: false,
};
