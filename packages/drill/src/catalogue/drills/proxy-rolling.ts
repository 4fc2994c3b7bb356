import type { DrillDefinition, Step, TargetToken } from "../drill-definition.ts";
import { writesRecover } from "../rules.ts";

const claim = {
  claim:
    "With two proxies, each stopped and started again in its turn, an application of gRPC goes on through the other one: nothing acknowledged is missing",
  source: "Hotfire: docs/explanation/failover.md",
  rules: [writesRecover],
};

/** Long enough for a client that takes the other proxy only when its connection's retries are over. */
const awayMs = 10_000;

function replaced(proxy: TargetToken, as: string): readonly Step[] {
  return [
    { do: "inject", as, fault: { kind: "stop" }, on: proxy },
    { do: "hold", forMs: awayMs },
    { do: "heal", fault: as },
    { do: "hold", forMs: 12_000 },
  ];
}

export const proxyRolling: DrillDefinition = {
  name: "proxy-rolling",
  title: "Two proxies are stopped and started again, one after the other",
  about:
    "As an upgrade of the proxies does. The application is RocketMQ's own Node client, which knows both: the one that it is connected to goes, " +
    "and later the one that it went to.",
  preset: "dledger",
  needs: { proxies: 2 },
  // Two cores that have just started everything take not many more through a proxy.
  workload: { client: "node-proxy", rate: 40 },
  steps: [...replaced("proxy:first", "first"), ...replaced("proxy:second", "second")],
  expect: { "single-master": claim, dledger: claim, controller: claim },
  matrix: false,
};
