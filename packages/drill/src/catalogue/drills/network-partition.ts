import type { DrillDefinition } from "../drill-definition.ts";
import { noTakeover, writesGoOn, writesStopUntilHealed } from "../rules.ts";

export const networkPartition: DrillDefinition = {
  name: "network-partition",
  title:
    "The network splits the cluster in two rooms: writer, a replica, a name server, the controllers' leader against the rest",
  about:
    "Clients reach both rooms. The room with the writer has two of three brokers and one of three controllers. A majority of a Raft " +
    "group goes on in it; in controller mode the other room may elect a master, and neither may acknowledge what only its own " +
    "brokers have and the other room's master would not.",
  preset: "dledger",
  steps: [
    {
      do: "inject",
      as: "partition",
      fault: { kind: "cut", from: ["rest"], direction: "both" },
      on: ["first:writer", "first:replica", "namesrv:first", "controller:leader"],
    },
    { do: "hold", forMs: 20_000 },
    { do: "heal", fault: "partition" },
    { do: "until-writable", group: "first", atMostMs: 40_000, holdMs: 4000 },
  ],
  expect: {
    dledger: {
      claim:
        "The room with the leader has a majority: writes go on, and the one outside changes nothing when it is back",
      source: "Raft",
      rules: [writesGoOn, noTakeover],
    },
    controller: {
      claim:
        "The majority of controllers promotes the slave in its room; neither side has two in-sync brokers, so writes stop until healed",
      source: "Hotfire: docs/explanation/modes.md",
      rules: [writesStopUntilHealed],
    },
  },
  matrix: "network partition, writer and a replica in one room",
};
