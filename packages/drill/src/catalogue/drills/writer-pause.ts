import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOver, noTakeover, othersGoOn, writesRecover, writesStopUntilHealed } from "../rules.ts";

export const writerPause: DrillDefinition = {
  name: "writer-pause",
  title: "The broker that takes writes is frozen, and wakes up again",
  about:
    "A frozen process keeps its connections: no peer is told, only its silence is seen. Where a replica takes over, the old " +
    "writer wakes up and still believes in itself; what it acknowledges then would be lost, and the judge looks for it.",
  preset: "dledger",
  steps: [
    { do: "inject", as: "pause", fault: { kind: "pause" }, on: "first:writer" },
    { do: "until-writable", group: "first", atMostMs: 40000, holdMs: 5000 },
    { do: "heal", fault: "pause" },
  ],
  expect: {
    "single-master": {
      claim: "Nothing works until the broker wakes up; nothing acknowledged is lost",
      source: "Hotfire",
      rules: [writesStopUntilHealed],
    },
    "multi-master": {
      claim: "The other group goes on while one master is frozen",
      source: "Hotfire",
      rules: [writesStopUntilHealed, othersGoOn],
    },
    "master-slave-async": {
      claim: "Writes to the frozen master's group stop; the name servers keep its route for 120 s",
      source: "RocketMQ source: RouteInfoManager",
      rules: [writesStopUntilHealed, noTakeover, othersGoOn],
    },
    "master-slave-sync": {
      claim: "Writes to the frozen master's group stop; the name servers keep its route for 120 s",
      source: "RocketMQ source: RouteInfoManager",
      rules: [writesStopUntilHealed, noTakeover, othersGoOn],
    },
    dledger: {
      claim: "The followers elect a new leader; the old one acknowledges nothing after it wakes up",
      source: "Raft",
      rules: [writesRecover, anotherTakesOver],
    },
    controller: {
      claim:
        "The controllers promote an in-sync slave once the master's heartbeats are missing: for 10 to 15 s with RocketMQ's timers, 1.5 to 1.8 s with `fast`",
      source: "RocketMQ source: brokerHeartbeatTimeoutMillis, scanNotActiveBrokerInterval",
      rules: [writesRecover, anotherTakesOver],
    },
  },
  matrix: "writer paused",
};
