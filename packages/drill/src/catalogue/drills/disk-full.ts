import type { DrillDefinition } from "../drill-definition.ts";
import { noTakeover, writesStopUntilHealed } from "../rules.ts";

export const diskFull: DrillDefinition = {
  name: "disk-full",
  title: "The broker's disk fills up, and is freed again",
  about:
    "RocketMQ looks at its disk every 10 s and refuses writes above 90 % with a clear answer; reads go on. It accepts again " +
    "once there is room. Needs a store of limited size (`storeLimit` in the spec).",
  preset: "single-master",
  needs: { storeLimit: "2g" },
  steps: [
    { do: "inject", as: "full", fault: { kind: "disk-full" }, on: "first:writer" },
    { do: "hold", forMs: 15_000 },
    { do: "heal", fault: "full" },
    { do: "hold", forMs: 14_000 },
  ],
  expect: {
    "single-master": {
      claim: "The broker refuses, says so, and recovers when there is room; nothing acknowledged is lost",
      source: "Hotfire",
      rules: [
        writesStopUntilHealed,
        { check: "outage", verb: "consume", groups: "target", expect: "none" },
        noTakeover,
      ],
    },
  },
  matrix: "disk full",
};
