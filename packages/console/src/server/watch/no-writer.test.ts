import { expect, it } from "vitest";
import { assemble } from "./assemble.ts";
import { BrokerWatch } from "./broker-watch.ts";

const now = 1_764_278_400_000;

function follower(index: number): BrokerWatch {
  const broker = new BrokerWatch("DefaultCluster", "broker-a", `172.18.0.${index}:10911`);
  broker.config = new Map([
    ["enableDLegerCommitLog", "true"],
    ["dLegerPeers", "n0-a:40911;n1-b:40911;n2-c:40911"],
  ]);
  broker.role = "follower";
  broker.reachability.seen(now);
  return broker;
}

it("a group of followers is a problem that says since when and why, for as long as none leads", () => {
  const brokers = [follower(1), follower(2), follower(3)];
  const watched = { namesrvs: [], brokers, controllers: [], proxies: [], writerSeenAt: () => now - 105_000 };
  const { groups, problems } = assemble(watched, 500, now);
  const text = "broker-a takes no writes for 105 s: electing: 3 of 3 brokers answer, none leads";
  const detail = "electing: 3 of 3 brokers answer, none leads";
  const since = now - 105_000;
  expect(problems).toEqual([{ code: "NO_WRITER", group: "broker-a", why: "electing", since, detail, text }]);
  expect(groups[0]).toMatchObject({
    writer: null,
    noWriter: { why: "electing", since: now - 105_000, text },
  });

  for (const broker of brokers.slice(0, 1)) broker.role = "leader";
  expect(assemble(watched, 500, now).groups[0]).toMatchObject({ noWriter: null, writer: brokers[0]?.id });
});

it("a member that never registered still counts for the majority", () => {
  const watched = {
    namesrvs: [],
    brokers: [follower(1)],
    controllers: [],
    proxies: [],
    writerSeenAt: () => undefined,
  };
  expect(assemble(watched, 500, now).groups[0]?.noWriter).toMatchObject({
    why: "no-majority",
    since: null,
    text: "broker-a takes no writes: no majority: 1 of 3 brokers answer, 2 are needed",
  });
});
