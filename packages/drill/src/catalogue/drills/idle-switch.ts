import type { DrillDefinition } from "../drill-definition.ts";
import { anotherTakesOverOnce, writesRecover } from "../rules.ts";

const rules = [writesRecover, anotherTakesOverOnce];

export const idleSwitch: DrillDefinition = {
  name: "idle-switch",
  title:
    "An idle group is switched over, and its new writer is cut off with the first messages and promoted again",
  about:
    "A term or an epoch may be empty: two switches with no message in between begin at the same offset. The first of the two " +
    "writers is cut off from its peers while clients still reach it, so it holds messages that no other broker has, at offsets where the " +
    "second one's messages are. Healed, it must give them up before it counts as a replica; promoted again, it shows whether " +
    "it did.",
  preset: "dledger",
  steps: [
    { do: "pause-sending" },
    { do: "inject", as: "idle", fault: { kind: "switchover" }, on: "first:writer" },
    { do: "hold", forMs: 2000 },
    {
      do: "inject",
      as: "cut",
      fault: { kind: "cut", from: ["peers", "controllers"], direction: "both" },
      on: "first:writer",
    },
    { do: "resume-sending" },
    { do: "until-writable", group: "first", atMostMs: 40_000, holdMs: 4000 },
    { do: "hold", forMs: 2000 },
    { do: "heal", fault: "cut" },
    { do: "heal", fault: "idle" },
    { do: "until-ready", atMostMs: 60_000, goOn: true },
    { do: "hold", forMs: 4000 },
    { do: "inject", as: "again", fault: { kind: "switchover" }, on: "first:writer", to: "cut" },
    { do: "hold", forMs: 4000 },
    { do: "heal", fault: "again" },
  ],
  expect: {
    dledger: {
      claim:
        "What only the old leader stored is gone after healing, and what was acknowledged is there wherever it is read",
      source: "Raft",
      rules,
    },
    controller: {
      claim:
        "What only the old master stored is gone after healing, and what was acknowledged is there wherever it is read",
      source: "RocketMQ documentation: controller mode",
      rules,
    },
  },
  matrix: "idle group switched, writer cut off and promoted again",
};
