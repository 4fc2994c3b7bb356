import type { DrillDefinition, Step } from "../drill-definition.ts";
import { anotherTakesOver, writesRecover } from "../rules.ts";

const switches = ["switch-1", "switch-2"].flatMap((id): Step[] => [
  { do: "inject", as: id, fault: { kind: "switchover" }, on: "first:writer" },
  { do: "hold", forMs: 2000 },
  { do: "heal", fault: id },
]);

/** Each controller leads once. Brokers ask the leader for their group every 5 s (`syncBrokerMetadataPeriod`). */
const leads = ["lead-1", "lead-2", "lead-3"].flatMap((id): Step[] => [
  { do: "inject", as: id, fault: { kind: "switchover" }, on: "controller:leader" },
  { do: "hold", forMs: 7000 },
  { do: "heal", fault: id },
]);

export const controllerRejoin: DrillDefinition = {
  name: "controller-rejoin",
  title: "A controller misses two switches, comes back, and every controller leads in turn",
  about:
    "Controllers count epochs: of masters and of in-sync sets. All of them have to come to the same numbers, also one that was " +
    "away and catches up; brokers take nothing that is older than what they know. So after each has led once, a slave " +
    "is killed, which has to leave the in-sync set, and then the master, which has to be replaced.",
  preset: "controller",
  steps: [
    { do: "inject", as: "controller", fault: { kind: "stop" }, on: "controller:replica" },
    ...switches,
    { do: "heal", fault: "controller" },
    { do: "until-ready", atMostMs: 60_000, goOn: true },
    { do: "hold", forMs: 3000 },
    ...leads,
    { do: "inject", as: "slave", fault: { kind: "kill" }, on: "first:replica" },
    { do: "until-writable", group: "first", atMostMs: 25_000, holdMs: 4000 },
    { do: "heal", fault: "slave" },
    { do: "until-ready", atMostMs: 60_000, goOn: true },
    { do: "inject", as: "writer", fault: { kind: "kill" }, on: "first:writer" },
    { do: "until-writable", group: "first", atMostMs: 30_000, holdMs: 4000 },
    { do: "heal", fault: "writer" },
  ],
  expect: {
    controller: {
      claim: "Whichever controller leads, the in-sync set shrinks and a slave is promoted",
      source: "RocketMQ documentation: controller mode",
      rules: [writesRecover, anotherTakesOver],
    },
  },
  matrix: "controller away for two switches, then each leads",
};
