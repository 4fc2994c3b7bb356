import type { DrillDefinition } from "../drill-definition.ts";
import { nothingStops } from "../rules.ts";

const claim = {
  claim: "Name servers do not talk to each other; with one of them down the others serve everybody",
  source: "published guide: name servers",
  rules: [nothingStops],
};

export const namesrvKill: DrillDefinition = {
  name: "namesrv-kill",
  title: "One name server is killed",
  about: "Brokers are registered at every name server, and clients ask the next one: no client notices.",
  preset: "master-slave-async",
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "namesrv:first" },
    { do: "hold", forMs: 4000 },
    { do: "heal", fault: "kill" },
  ],
  expect: {
    "single-master": claim,
    "multi-master": claim,
    "master-slave-async": claim,
    "master-slave-sync": claim,
    dledger: claim,
    controller: claim,
  },
  matrix: "one name server killed",
};
