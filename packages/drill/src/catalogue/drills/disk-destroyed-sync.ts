import type { DrillDefinition } from "../drill-definition.ts";
import { deliveredAndGone, noTakeover, skippedByConsumers } from "../rules.ts";

/** Half of 600 sends a second for the 4 s of the slow link, and a second until the disk is gone. */
const mostBehind = 1500;

export const diskDestroyedSync: DrillDefinition = {
  name: "disk-destroyed-sync",
  title: "A synchronous master's disk is destroyed while its replication link is slow",
  about:
    "The same faults as disk-destroyed-async under synchronous double write: the slow link now slows the senders down, and " +
    "nothing that was acknowledged is lost, because the slave had it. What only the master had was delivered all the same, before its " +
    "sender was told that its fate is unknown (505 messages in one run), and is gone; and consumers, whose place is beyond what the restored " +
    "master has, never get the next messages that it acknowledges at those offsets (20 in that run).",
  preset: "master-slave-sync",
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
    "master-slave-sync": {
      claim: "No single point of failure for data: nothing acknowledged is lost with the master's disk",
      source: "published guide: master-slave, synchronous double write",
      rules: [{ check: "lost", max: 0 }, noTakeover, deliveredAndGone(mostBehind), skippedByConsumers],
    },
  },
  matrix: "writer's disk destroyed, slave lagging",
};
