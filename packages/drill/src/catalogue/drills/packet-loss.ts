import type { DrillDefinition } from "../drill-definition.ts";
import { noTakeover, othersGoOn } from "../rules.ts";

export const packetLoss: DrillDefinition = {
  name: "packet-loss",
  title: "One packet in twenty between the replicas is lost",
  about:
    "TCP repeats what is lost: replication gets slower, and acknowledgements that wait for it too. No leader may lose its " +
    "place over it, and nothing may be lost or stored out of order.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "loss", fault: { kind: "loss", from: ["peers"], percent: 5 }, on: "first:writer" },
    { do: "hold", forMs: 8000 },
    { do: "heal", fault: "loss" },
  ],
  expect: {
    "master-slave-async": {
      claim: "No send waits for the slave: nothing stops",
      source: "Hotfire",
      rules: [{ check: "outage", groups: "target", expect: "none" }, othersGoOn, noTakeover],
    },
    "master-slave-sync": {
      claim: "Sends get slower; nothing is lost",
      source: "Hotfire",
      rules: [noTakeover, othersGoOn],
    },
    dledger: {
      claim: "Sends get slower; the leader stays, and nothing is lost",
      source: "Hotfire",
      rules: [noTakeover],
    },
    controller: {
      claim: "Sends get slower; the master stays, and nothing is lost",
      source: "Hotfire",
      rules: [noTakeover],
    },
  },
  matrix: "5 % packet loss between replicas",
};
