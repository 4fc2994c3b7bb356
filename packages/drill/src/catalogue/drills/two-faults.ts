import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOver, writesRecover } from "../rules.ts";

export const twoFaults: DrillDefinition = {
  name: "two-faults",
  title: "A name server and the writer are killed at the same time",
  about: "The route of the new writer has to reach clients through the name servers that are left.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "namesrv", fault: { kind: "kill" }, on: "namesrv:first" },
    { do: "inject", as: "writer", fault: { kind: "kill" }, on: "first:writer" },
    { do: "until-writable", group: "first", atMostMs: 30_000, holdMs: 4000 },
    { do: "heal", fault: "writer" },
    { do: "heal", fault: "namesrv" },
  ],
  expect: {
    dledger: {
      claim: "A new leader is elected and found through the other name server",
      source: "Hotfire",
      rules: [writesRecover, anotherTakesOver],
    },
    controller: {
      claim: "A slave is promoted and found through the other name server",
      source: "Hotfire",
      rules: [writesRecover, anotherTakesOver],
    },
  },
  matrix: "writer and a name server killed",
};
