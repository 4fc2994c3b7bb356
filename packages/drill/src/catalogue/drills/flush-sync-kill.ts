import type { DrillDefinition } from "../drill-definition.ts";
import { writesStopUntilHealed } from "../rules.ts";

export const flushSyncKill: DrillDefinition = {
  name: "flush-sync-kill",
  title: "A single master that flushes synchronously is killed with SIGKILL",
  about:
    "Synchronous flush waits for the disk before it acknowledges. Compare its latency with flush-async-kill: that is what " +
    "surviving a power cut costs.",
  preset: "single-master",
  needs: { properties: { flushDiskType: "SYNC_FLUSH" } },
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "first:writer" },
    { do: "hold", forMs: 3000 },
    { do: "heal", fault: "kill" },
  ],
  expect: {
    "single-master": {
      claim: "Nothing acknowledged is lost",
      source: "Hotfire",
      rules: [writesStopUntilHealed, { check: "lost", max: 0 }],
    },
  },
  matrix: "killed, synchronous flush",
};
