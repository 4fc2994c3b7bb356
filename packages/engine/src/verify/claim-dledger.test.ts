import { parseSpec, planCluster } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import type { BrokerFacts } from "../status/broker-facts.ts";
import { verdictOf } from "./claim.ts";
import { judgeRaft } from "./claim-dledger.ts";

const plan = planCluster(parseSpec("version: 1\nname: t\nmode: dledger\n"));
const group = plan.groups.find(({ name }) => name === "broker-a") ?? never();

function peer(role: "leader" | "follower", leaderId: string, committed: number, term = 3): BrokerFacts {
  const runtime = {
    version: "V5_5_0",
    bootTimestamp: undefined,
    commitLogMaxOffset: committed,
    commitLogMinOffset: undefined,
    dispatchBehindBytes: undefined,
    condition: undefined,
    putTps: undefined,
    table: new Map<string, string>(),
  };
  const dledger = { leaderId, term };
  return { role, brokerId: 0, config: undefined, runtime, ha: undefined, dledger, problem: undefined };
}

function results(
  entries: Record<string, BrokerFacts>,
  sentUpTo: number | undefined = 100,
): Record<string, string> {
  const claims = judgeRaft(group, new Map(Object.entries(entries)), sentUpTo);
  return Object.fromEntries(claims.map(({ id, result }) => [id, result]));
}

function never(): never {
  throw new Error("unreachable");
}

describe("a Raft group", () => {
  const healthy = {
    "broker-a-0": peer("leader", "n0", 140),
    "broker-a-1": peer("follower", "n0", 140),
    "broker-a-2": peer("follower", "n0", 100),
  };

  it("passes when all agree and have the message", () => {
    expect(results(healthy)).toEqual({
      "raft-leader": "pass",
      "raft-quorum": "pass",
      "raft-committed": "pass",
    });
  });

  it("fails when a peer lags behind the message", () => {
    expect(results({ ...healthy, "broker-a-2": peer("follower", "n0", 99) })["raft-committed"]).toBe("fail");
  });

  it("fails with two leaders, or two terms", () => {
    expect(results({ ...healthy, "broker-a-1": peer("leader", "n1", 140) })["raft-leader"]).toBe("fail");
    expect(results({ ...healthy, "broker-a-1": peer("follower", "n0", 140, 4) })["raft-leader"]).toBe("fail");
  });

  it("keeps its quorum without one peer, and says that the peer is missing", () => {
    const { "broker-a-2": _gone, ...two } = healthy;
    expect(results(two)).toEqual({ "raft-leader": "fail", "raft-quorum": "pass", "raft-committed": "fail" });
  });

  it("is unknown, not failed, when no message could be sent", () => {
    expect(judgeRaft(group, new Map(Object.entries(healthy)), undefined).at(-1)?.result).toBe("unknown");
  });
});

describe("a verdict", () => {
  const claim = { id: "x", claim: "x", evidence: [] };
  it("fails by one failed claim, and is unknown by one unknown or none", () => {
    expect(
      verdictOf([
        { ...claim, result: "pass" },
        { ...claim, result: "fail" },
        { ...claim, result: "unknown" },
      ]),
    ).toBe("fail");
    expect(
      verdictOf([
        { ...claim, result: "pass" },
        { ...claim, result: "unknown" },
      ]),
    ).toBe("unknown");
    expect(verdictOf([])).toBe("unknown");
    expect(verdictOf([{ ...claim, result: "pass" }])).toBe("pass");
  });
});
