import type { DrillDefinition } from "../drill-definition.ts";
import { nothingStops } from "../rules.ts";

const claim = {
  claim: "With all name servers down, clients that have a route go on",
  source: "published guide: name servers",
  rules: [nothingStops],
};

export const namesrvsDown: DrillDefinition = {
  name: "namesrvs-down",
  title: "One name server is killed, then all of them",
  about:
    "A name server is asked for routes, not for messages. Clients keep the route that they have; new clients and switched " +
    "masters have to wait until a name server is back.",
  preset: "master-slave-async",
  steps: [
    { do: "inject", as: "first", fault: { kind: "kill" }, on: "namesrv:first" },
    { do: "hold", forMs: 3000 },
    { do: "heal", fault: "first" },
    { do: "hold", forMs: 2000 },
    { do: "inject", as: "all", fault: { kind: "kill" }, on: "namesrv:all" },
    { do: "hold", forMs: 5000 },
    { do: "heal", fault: "all" },
  ],
  expect: {
    "single-master": claim,
    "multi-master": claim,
    "master-slave-async": claim,
    "master-slave-sync": claim,
    dledger: claim,
    controller: claim,
  },
  matrix: "all name servers killed",
};
