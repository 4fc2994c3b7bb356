import type { ClusterStatus, NodeStatus } from "@hotfire/engine";
import { describe, expect, it } from "vitest";
import { renderStatus } from "./render-status.ts";
import { plainStyle } from "./style.ts";

const mib = 1024 ** 2;

function node(name: string, more: Partial<NodeStatus>): NodeStatus {
  return {
    name,
    kind: "broker",
    container: { id: "abc", state: "running", health: "healthy", uptimeSeconds: 130, restarts: 0 },
    role: undefined,
    containerAddress: "172.18.0.2:10911",
    hostAddress: undefined,
    memory: { usedBytes: 317 * mib, limitBytes: 1024 * mib, heapBytes: 453 * mib, directBytes: 148 * mib },
    ...more,
  };
}

function cluster(nodes: NodeStatus[], more: Partial<ClusterStatus> = {}): ClusterStatus {
  return {
    cluster: "blue",
    mode: "dledger",
    clusterName: "DefaultCluster",
    rocketmq: "5.5.0",
    state: "ready",
    problems: [],
    nodes,
    groups: [],
    client: { namesrv: "127.0.0.1:9876", namesrvInside: "namesrv-0:9876", network: "hotfire-blue_default" },
    tookMs: 20,
    ...more,
  };
}

const registeredAt = [{ namesrv: "namesrv-0", brokerId: 0, address: "172.18.0.2:10911" }];

describe("a status", () => {
  it("shows a follower's lag behind its leader, and the client's line", () => {
    const text = renderStatus(
      cluster([
        node("namesrv-0", { kind: "namesrv", hostAddress: "127.0.0.1:9876" }),
        node("broker-a-0", {
          role: "leader",
          brokerId: 0,
          registeredAt,
          replication: { kind: "dledger", leader: "broker-a-0", term: 3, committed: 5000 },
        }),
        node("broker-a-1", {
          role: "follower",
          brokerId: 2,
          registeredAt,
          replication: { kind: "dledger", leader: "broker-a-0", term: 3, committed: 2952 },
        }),
      ]),
      plainStyle,
    );
    expect(text).toMatch(
      /broker-a-0 +leader \(0\) +healthy +172\.18\.0\.2:10911 +1\/1 +term 3, committed 5000 +317 MiB \/ 1\.0 GiB/,
    );
    expect(text).toMatch(/broker-a-1 +follower \(2\) .*term 3, 2 KiB behind/);
    expect(text).toMatch(/Name servers, from this host +127\.0\.0\.1:9876/);
  });

  it("tells a dead node's exit, and what is wrong", () => {
    const dead = node("broker-a-0", {
      container: {
        id: "abc",
        state: "exited",
        health: "none",
        uptimeSeconds: undefined,
        restarts: 0,
        exitCode: 137,
        oomKilled: true,
      },
      registeredAt: [],
      unreachable: "its container is exited",
    });
    const text = renderStatus(
      cluster([dead], { state: "degraded", problems: ["broker-a-0 is exited"] }),
      plainStyle,
    );
    expect(text).toContain("blue  dledger, RocketMQ 5.5.0  degraded");
    expect(text).toMatch(/broker-a-0 +\? +exited out of memory/);
    expect(text).toContain("✖ broker-a-0 is exited");
  });

  it("shows the memory outside the heap beside its limit, and a broker that runs out of it", () => {
    const memory = {
      usedBytes: 317 * mib,
      limitBytes: 1024 * mib,
      heapBytes: 398 * mib,
      directBytes: 170 * mib,
    };
    const sick = "out of memory 3 times in 9 s, last 1 s ago: Cannot reserve 4259840 bytes";
    const nodes = [
      node("broker-a-0", { memory: { ...memory, directUsedBytes: 168 * mib }, sick }),
      node("broker-a-1", { memory }),
    ];
    const text = renderStatus(cluster(nodes), plainStyle);
    expect(text).toMatch(/broker-a-0 +\? +sick .* 168 MiB \/ 170 MiB/);
    expect(text).toMatch(/broker-a-1 +\? +healthy .* 398 MiB +170 MiB/);
  });

  it("gives up the least telling columns on a narrow terminal", () => {
    const wide = cluster([node("broker-a-0", { role: "master", brokerId: 0, registeredAt })]);
    const table = (width: number) => renderStatus(wide, plainStyle, width).split("\n")[2] ?? "";
    expect(table(200)).toMatch(/REGISTERED .*HEAP +DIRECT +UP$/);
    expect(table(70)).not.toContain("UP");
    expect(table(70)).toContain("ADDRESS");
  });
});
