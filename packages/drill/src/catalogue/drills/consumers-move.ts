import type { DrillDefinition } from "../drill-definition.ts";
import { noTakeover, othersGoOn, readsRecover, writesStopUntilHealed } from "../rules.ts";

export const consumersMove: DrillDefinition = {
  name: "consumers-move",
  title: "A master is stopped for good, and RocketMQ's own Java consumer has to find the slave",
  about:
    "As writer-stop, judged with RocketMQ's own Java consumer at its stock settings: it asks for routes every 30 s, so it may take " +
    "that long to move.",
  preset: "master-slave-async",
  workload: { consumer: "java", rate: 200 },
  steps: [
    { do: "inject", as: "stop", fault: { kind: "stop" }, on: "first:writer" },
    { do: "hold", forMs: 45_000 },
    { do: "heal", fault: "stop" },
  ],
  expect: {
    "master-slave-async": {
      claim: "After the master's death consumers go on from the slave, with no hand needed",
      source: "published guide: master-slave, asynchronous",
      rules: [writesStopUntilHealed, readsRecover, noTakeover, othersGoOn],
    },
  },
  matrix: false,
};
