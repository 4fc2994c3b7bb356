import { describe, expect, it } from "vitest";
import type { NodeStatus, ReplicationStatus } from "../status/cluster-status.ts";
import { behind, committedByLeader, slavesInSync } from "./followers.ts";

function broker(name: string, role: NodeStatus["role"], replication?: ReplicationStatus): NodeStatus {
  return {
    name,
    kind: "broker",
    group: "broker-a",
    container: { id: name, state: "running", health: "healthy", uptimeSeconds: 60, restarts: 0 },
    role,
    containerAddress: undefined,
    hostAddress: undefined,
    memory: { usedBytes: undefined, limitBytes: 0, heapBytes: undefined, directBytes: undefined },
    ...(replication === undefined ? {} : { replication }),
  };
}

function raft(name: string, role: "leader" | "follower", committed: number | undefined): NodeStatus {
  return broker(name, role, { kind: "dledger", leader: "n0", term: 1, committed });
}

describe("followers of a DLedger leader", () => {
  const group = [
    raft("a", "leader", 900),
    raft("b", "follower", 700),
    raft("c", "follower", undefined),
    broker("d", undefined),
  ];

  it("are behind with less than is wanted; who does not answer is not judged", () => {
    expect(committedByLeader(group)).toBe(900);
    expect(behind(group, 800)).toEqual(["b"]);
    expect(behind(group, 700)).toEqual([]);
  });

  it("are all behind while nothing is known of the leader", () => {
    expect(behind([raft("a", "leader", 900)], Number.POSITIVE_INFINITY)).toEqual(["a"]);
    expect(committedByLeader([raft("b", "follower", 700)])).toBeUndefined();
  });
});

describe("slaves of a master", () => {
  const slaves = [
    { node: "b", lagBytes: 0, inSync: true },
    { node: "c", lagBytes: 4096, inSync: false },
  ];

  it("are in sync when it says so, and unknown without one", () => {
    const master = broker("a", "master", { kind: "master", maxOffset: 9000, slaves });
    expect(slavesInSync([master, broker("b", "slave")])).toEqual(["b"]);
    expect(slavesInSync([broker("b", "slave")])).toBeUndefined();
    expect(slavesInSync([raft("a", "leader", 1)])).toBeUndefined();
  });
});
