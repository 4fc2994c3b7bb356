import type { DrillDefinition } from "../drill-definition.ts";
import { deliveredAndGone, losesUntilInForce, noTakeover, skippedByConsumers } from "../rules.ts";

/** Half of 600 sends a second for the 4 s of the slow link, and a second until the disk is gone. */
const mostBehind = 1500;

export const diskDestroyedAsync: DrillDefinition = {
  name: "disk-destroyed-async",
  title: "An asynchronous master's disk is destroyed while its slave lags behind",
  about:
    "The replication link is throttled below the rate of the load, so the slave falls behind; then the master is killed and " +
    "its store deleted. What had been acknowledged and not yet copied is gone. This drill must find loss: it is the " +
    "negative control of every other one. The master is rebuilt from its slave.",
  preset: "master-slave-async",
  workload: { messageBytes: 1024 },
  steps: [
    {
      do: "inject",
      as: "throttle",
      fault: { kind: "throttle", from: ["peers"], bytesPerSecond: 60_000 },
      on: "first:writer",
    },
    { do: "hold", forMs: 4000 },
    { do: "inject", as: "disk", fault: { kind: "disk-destroyed" }, on: "first:writer" },
    { do: "hold", forMs: 3000 },
    { do: "heal", fault: "disk" },
    { do: "heal", fault: "throttle" },
  ],
  expect: {
    "master-slave-async": {
      claim: "Disk loss loses very few messages",
      source: "published guide: master-slave, asynchronous",
      rules: [
        losesUntilInForce,
        { check: "outage", verb: "send", groups: "target", expect: "until-healed" },
        noTakeover,
        deliveredAndGone(mostBehind),
        skippedByConsumers,
      ],
    },
  },
  matrix: "writer's disk destroyed, slave lagging",
};
