import { loadPreset, planCluster } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import type { Member } from "../clusters/members.ts";
import { addressesOf, hasAnybody } from "./addresses.ts";

const plan = planCluster({ ...loadPreset("controller"), proxy: { replicas: 1 } });

/** Every node runs, at 10.0.0.1, 10.0.0.2, … in the order of the plan. */
const members: readonly Member[] = plan.nodes.map((node, index) => ({
  plan: node,
  container: {
    id: node.name,
    name: node.name,
    image: "",
    imageId: "",
    state: "running",
    status: "",
    labels: {},
    createdAt: new Date(0),
    addresses: { network: `10.0.0.${index + 1}` },
    published: [],
  },
}));

function node(name: string): Member {
  const member = members.find((candidate) => candidate.plan.name === name);
  if (member === undefined) throw new Error(`no ${name}`);
  return member;
}

function names(addresses: readonly string[]): string[] {
  return addresses.map((address) => plan.nodes[Number(address.split(".")[3]) - 1]?.name ?? address);
}

describe("peer sets", () => {
  it("peers of a broker are the others of its group, of a controller the other controllers", () => {
    expect(names(addressesOf("peers", node("broker-a-1"), members, []).addresses)).toEqual([
      "broker-a-0",
      "broker-a-2",
    ]);
    expect(names(addressesOf("peers", node("controller-0"), members, []).addresses)).toEqual([
      "controller-1",
      "controller-2",
    ]);
  });

  it("clients are everybody but the cluster's nodes, and its proxies and its console are among them", () => {
    const { not, addresses, tries } = addressesOf("clients", node("broker-a-0"), members, []);
    expect(not).toBe(true);
    expect(names(addresses)).not.toContain("proxy-0");
    expect(names(addresses)).not.toContain("console");
    expect(names(addresses)).toHaveLength(plan.nodes.length - 2);
    expect(tries[0]).toBe("gateway:9");
  });

  it("the rest is the other side of a partition, which clients are on neither of", () => {
    const room = ["namesrv-0", "controller-0", "broker-a-0", "broker-a-1"];
    const { not, addresses } = addressesOf("rest", node("broker-a-0"), members, room);
    expect(not).toBe(false);
    expect(names(addresses)).toEqual(["namesrv-1", "controller-1", "controller-2", "broker-a-2"]);
  });

  it("only running nodes are tried, at the port that clients use", () => {
    const paused = members.map((member) =>
      member.plan.name === "namesrv-0" && member.container !== undefined
        ? { ...member, container: { ...member.container, state: "paused" as const } }
        : member,
    );
    const { addresses, tries } = addressesOf("namesrvs", node("broker-a-0"), paused, []);
    expect(addresses).toHaveLength(2);
    expect(tries).toEqual(["10.0.0.2:9876"]);
  });

  it("are empty where a plan has nobody", () => {
    const single = planCluster(loadPreset("single-master"));
    expect(hasAnybody("peers", "broker-a-0", single)).toBe(false);
    expect(hasAnybody("controllers", "broker-a-0", single)).toBe(false);
    expect(hasAnybody("clients", "broker-a-0", single)).toBe(true);
    expect(hasAnybody("peers", "broker-a-0", plan)).toBe(true);
  });
});
