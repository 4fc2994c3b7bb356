import type { DrillDefinition } from "../drill-definition.ts";
import { noTakeover, readsStopUntilHealed, writesStopUntilHealed } from "../rules.ts";

const claim = {
  claim:
    "With its only proxy killed an application of gRPC stands still, and goes on by itself once the proxy is back: nothing acknowledged is missing",
  source: "Hotfire: docs/modes.md",
  rules: [writesStopUntilHealed, readsStopUntilHealed, noTakeover],
};

export const proxyKill: DrillDefinition = {
  name: "proxy-kill",
  title: "The proxy is killed, and started again",
  about:
    "The application is RocketMQ's own Node client, which has the proxy and nothing else: the brokers, all alive, are not asked. " +
    "What it had taken and not acknowledged comes again once its invisible time is over.",
  preset: "dledger",
  needs: { proxy: true },
  workload: { client: "node-proxy", rate: 200 },
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "proxy:all" },
    { do: "hold", forMs: 5000 },
    { do: "heal", fault: "kill" },
    { do: "hold", forMs: 5000 },
  ],
  expect: { "single-master": claim, dledger: claim, controller: claim },
  matrix: false,
};
