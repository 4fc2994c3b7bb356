import type { DrillDefinition } from "../drill-definition.ts";
import {
  allDelivered,
  anotherTakesOver,
  noTakeover,
  othersGoOn,
  readsRecover,
  readsStopUntilHealed,
  writesRecover,
  writesStopUntilHealed,
} from "../rules.ts";

export const writerStop: DrillDefinition = {
  name: "writer-stop",
  title: "The broker that takes writes is stopped gracefully, and started again",
  about:
    "What a restart for maintenance costs. A broker that stops gracefully unregisters from the name servers first, so " +
    "clients learn of it at once; the outage lasts as long as in a crash all the same, where no slave is promoted.",
  preset: "single-master",
  steps: [
    { do: "inject", as: "stop", fault: { kind: "stop" }, on: "first:writer" },
    { do: "until-writable", group: "first", atMostMs: 30000, holdMs: 4000 },
    { do: "heal", fault: "stop" },
  ],
  expect: {
    "single-master": {
      claim: "A restart of the broker makes the whole service unavailable; nothing acknowledged is lost",
      source: "published guide: single master",
      rules: [writesStopUntilHealed, readsStopUntilHealed, allDelivered],
    },
    "multi-master": {
      claim: "The other group goes on while one master is restarted",
      source: "published guide: multi-master",
      rules: [writesStopUntilHealed, readsStopUntilHealed, othersGoOn, allDelivered],
    },
    "master-slave-async": {
      claim:
        "With the master stopped its slave does not become master: consumers go on from the slave, writes to that group stop, the other group goes on, and the master takes over again when it is back",
      source: "published guide: 2 masters, 2 slaves",
      rules: [writesStopUntilHealed, readsRecover, noTakeover, othersGoOn],
    },
    "master-slave-sync": {
      claim: "With the master stopped its slave does not become master",
      source: "published guide: 2 masters, 2 slaves",
      rules: [writesStopUntilHealed, readsRecover, noTakeover, othersGoOn],
    },
    dledger: {
      claim: "Another leader is elected while the old one is down",
      source: "published guide: DLedger",
      rules: [writesRecover, readsRecover, anotherTakesOver],
    },
    controller: {
      claim: "The controllers promote an in-sync slave while the old master is down",
      source: "RocketMQ documentation: controller mode",
      rules: [writesRecover, readsRecover, anotherTakesOver],
    },
  },
  matrix: "writer stopped",
};
