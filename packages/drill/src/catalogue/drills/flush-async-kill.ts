import type { DrillDefinition } from "../drill-definition.ts";
import { writesStopUntilHealed } from "../rules.ts";

export const flushAsyncKill: DrillDefinition = {
  name: "flush-async-kill",
  title: "A single master that flushes asynchronously is killed with SIGKILL",
  about:
    "A killed process leaves what it wrote to the kernel: asynchronous flush loses nothing here. It would with the machine, " +
    "which no container can show.",
  preset: "single-master",
  needs: { properties: { flushDiskType: "ASYNC_FLUSH" } },
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "first:writer" },
    { do: "hold", forMs: 3000 },
    { do: "heal", fault: "kill" },
  ],
  expect: {
    "single-master": {
      claim: "The death of the process loses nothing: the page cache belongs to the kernel",
      source: "Hotfire",
      rules: [writesStopUntilHealed, { check: "lost", max: 0 }],
    },
  },
  matrix: "killed, asynchronous flush",
};
