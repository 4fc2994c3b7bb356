import type { DrillDefinition } from "../drill-definition.ts";
import { noTakeover, nothingStops, othersGoOn, readsRecover, writesGoOn, writesRecover } from "../rules.ts";

export const replicaKill: DrillDefinition = {
  name: "replica-kill",
  title: "A follower or slave is killed, and started again",
  about:
    "A replica's death is no outage where enough others are left: a DLedger follower costs nothing at all. Where an " +
    "acknowledgement needs the dead one, writes stop: for good in synchronous master-slave that refuses, until the " +
    "in-sync set has shrunk in controller mode.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "first:replica" },
    { do: "hold", forMs: 5000 },
    { do: "heal", fault: "kill" },
  ],
  expect: {
    "master-slave-async": {
      claim: "The master does not wait for its slave: nothing stops",
      source: "RocketMQ documentation",
      rules: [nothingStops, noTakeover],
    },
    "master-slave-sync": {
      claim: "Without its slave the group refuses writes until it is back (whenSlaveIsGone: refuse)",
      source: "Hotfire: docs/explanation/modes.md",
      rules: [
        { check: "outage", verb: "send", groups: "target", expect: "until-healed" },
        othersGoOn,
        noTakeover,
      ],
    },
    dledger: {
      claim: "Two of three are a majority: nothing stops",
      source: "Raft",
      rules: [writesGoOn, noTakeover],
    },
    controller: {
      claim: "The in-sync set shrinks and writes go on",
      source: "RocketMQ documentation: controller mode",
      rules: [writesRecover, readsRecover, noTakeover],
    },
  },
  matrix: "replica killed",
};
