import { type ClusterPlan, loadPreset, planCluster } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import type { BrokerFacts } from "./broker-facts.ts";
import type { NodeRole } from "./cluster-status.ts";
import { groupsWithoutWriter } from "./writers.ts";

const broker = (
  role: NodeRole | undefined,
  whyNoWrites?: "follower" | "slave" | "disk-full",
): BrokerFacts => ({
  role,
  brokerId: 1,
  config: undefined,
  runtime: {
    version: undefined,
    bootTimestamp: undefined,
    commitLogMaxOffset: undefined,
    commitLogMinOffset: undefined,
    dispatchBehindBytes: undefined,
    putTps: undefined,
    condition: {
      whyNoWrites,
      writesCeasedAt: undefined,
      direct: { usedBytes: 0, limitBytes: 0 },
      problem: undefined,
    },
    table: new Map(),
  },
  ha: undefined,
  dledger: undefined,
  problem: undefined,
});
const dead: BrokerFacts = {
  role: undefined,
  brokerId: undefined,
  config: undefined,
  runtime: undefined,
  ha: undefined,
  dledger: undefined,
  problem: "its container is exited",
};

function judged(
  plan: ClusterPlan,
  facts: readonly BrokerFacts[],
  more: { readonly controllersLead?: boolean } = {},
) {
  const nodes = plan.groups.flatMap(({ brokers }) => brokers.map(({ name }) => name));
  const metadata = { group: "c", leaderId: "n0", leaderAddress: "a", isLeader: true, peers: [] };
  const controllers = new Map([
    ["controller-0", { metadata: more.controllersLead ? metadata : undefined, problem: undefined }],
  ]);
  return groupsWithoutWriter({
    plan,
    brokers: new Map(
      nodes.flatMap((name, index) => (facts[index] === undefined ? [] : [[name, facts[index]] as const])),
    ),
    controllers,
    syncStates: new Map(),
  });
}

describe("groups without a writer", () => {
  const dledger = planCluster(loadPreset("dledger"));
  const controlled = planCluster(loadPreset("controller"));

  it("are none while a leader takes writes", () => {
    expect(judged(dledger, [broker("follower", "follower"), broker("leader"), dead]).size).toBe(0);
  });

  it("are those whose brokers all follow, whatever the name servers still say", () => {
    const followers = [1, 2, 3].map(() => broker("follower", "follower"));
    expect(judged(dledger, followers).get("broker-a")).toMatchObject({ why: "electing" });
  });

  it("have no majority where two of three do not answer", () => {
    const none = judged(dledger, [broker("follower", "follower"), dead, dead]).get("broker-a");
    expect(none).toMatchObject({ why: "no-majority" });
    expect(none?.text).toContain("does not answer: its container is exited");
  });

  it("wait for controllers that lead", () => {
    const slaves = [1, 2].map(() => broker("slave", "slave"));
    expect(judged(controlled, slaves).get("broker-a")).toMatchObject({ why: "controllers-gone" });
    expect(judged(controlled, slaves, { controllersLead: true }).get("broker-a")).toMatchObject({
      why: "electing",
    });
  });

  it("have a leader that refuses for want of disk", () => {
    expect(judged(dledger, [broker("leader", "disk-full"), dead, dead]).get("broker-a")).toMatchObject({
      why: "disk-full",
    });
  });
});
