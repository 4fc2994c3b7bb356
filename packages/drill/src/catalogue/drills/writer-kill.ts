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

export const writerKill: DrillDefinition = {
  name: "writer-kill",
  title: "The broker that takes writes is killed, and started again",
  about:
    "SIGKILL to the first group's master or leader under load. Where a replica can be promoted, writes come back without " +
    "help; elsewhere they stop until the broker is started again. A killed process leaves its page cache to the kernel, so " +
    "nothing acknowledged is lost in any mode.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "first:writer" },
    { do: "until-writable", group: "first", atMostMs: 30000, holdMs: 4000 },
    { do: "heal", fault: "kill" },
  ],
  expect: {
    "single-master": {
      claim:
        "A crash of the broker makes the whole service unavailable; what was acknowledged is there after it is back",
      source: "published guide: single master",
      rules: [writesStopUntilHealed, readsStopUntilHealed, allDelivered],
    },
    "multi-master": {
      claim:
        "While one master is down its unconsumed messages cannot be read until it is back; the other group goes on",
      source: "published guide: multi-master",
      rules: [writesStopUntilHealed, readsStopUntilHealed, othersGoOn, allDelivered],
    },
    "master-slave-async": {
      claim:
        "After the master's death consumers go on from the slave; the slave is not promoted, so writes to its group stop",
      source: "published guide: master-slave, asynchronous",
      rules: [writesStopUntilHealed, readsRecover, noTakeover, othersGoOn],
    },
    "master-slave-sync": {
      claim: "After the master's death consumers go on from the slave; the slave is not promoted",
      source: "published guide: master-slave, synchronous double write",
      rules: [writesStopUntilHealed, readsRecover, noTakeover, othersGoOn],
    },
    dledger: {
      claim: "A new leader is elected; the old one comes back as a follower; all replicas are equal",
      source: "published guide: DLedger",
      rules: [writesRecover, readsRecover, anotherTakesOver],
    },
    controller: {
      claim: "The controllers promote an in-sync slave",
      source: "RocketMQ documentation: controller mode",
      rules: [writesRecover, readsRecover, anotherTakesOver],
    },
  },
  matrix: "writer killed",
};
