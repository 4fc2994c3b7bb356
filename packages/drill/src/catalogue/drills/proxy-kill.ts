import type { DrillDefinition } from "../drill-definition.ts";
import { writesStopUntilHealed } from "../rules.ts";

const claim = {
  claim:
    "With its only proxy killed an application of gRPC stands still, and goes on by itself once the proxy is back: nothing acknowledged is missing",
  source: "Hotfire: docs/explanation/failover.md",
  rules: [writesStopUntilHealed],
};

export const proxyKill: DrillDefinition = {
  name: "proxy-kill",
  title: "The proxy is killed, and started again",
  about:
    "The application is RocketMQ's own Node client, which has the proxy and nothing else: the brokers, all alive, are not asked. gRPC tries " +
    "again after 1 s, then each time 1.6 times as long, so that the client goes on some seconds after the proxy does.",
  preset: "dledger",
  needs: { proxy: true },
  // Two cores that have just started everything take not many more through a proxy.
  workload: { client: "node-proxy", rate: 40 },
  steps: [
    { do: "inject", as: "kill", fault: { kind: "kill" }, on: "proxy:all" },
    { do: "hold", forMs: 4000 },
    { do: "heal", fault: "kill" },
    { do: "hold", forMs: 30_000 },
  ],
  expect: { "single-master": claim, dledger: claim, controller: claim },
  matrix: false,
};
