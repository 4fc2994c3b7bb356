import { labels } from "@hotfire/topology";
import { describe, expect, it } from "vitest";
import type { ContainerSummary } from "../docker/docker-client.ts";
import { describeConflict, findConflicts, refuseConflicts } from "./ports.ts";

const wanted = [
  { node: "namesrv-0", address: "127.0.0.1", port: 9876 },
  { node: "namesrv-1", address: "127.0.0.1", port: 9877 },
];

function publishing(name: string, host: number, more: Record<string, string> = {}): ContainerSummary {
  return {
    id: name,
    name,
    image: "x",
    imageId: "x",
    state: "running",
    status: "Up",
    labels: more,
    createdAt: new Date(0),
    addresses: {},
    published: [{ container: 9876, host, address: "127.0.0.1" }],
  };
}

describe("ports in use", () => {
  it("by the cluster's own containers are no conflict, though a listener shows them too", () => {
    const containers = [publishing("hotfire-a-namesrv-0", 9876, { [labels.cluster]: "a" })];
    const listeners = [{ port: 9876, address: "127.0.0.1", inode: "1" }];
    expect(findConflicts("a", wanted, { containers, listeners })).toEqual([]);
  });

  it("name another cluster and its node", () => {
    const containers = [publishing("x", 9877, { [labels.cluster]: "b", [labels.node]: "namesrv-1" })];
    const [conflict] = findConflicts("a", wanted, { containers, listeners: [] });
    expect(conflict && describeConflict(conflict)).toBe(
      '127.0.0.1:9877 (for namesrv-1) is held by namesrv-1 of the cluster "b"',
    );
  });

  it("name a foreign container", () => {
    const conflicts = findConflicts("a", wanted, { containers: [publishing("web", 9876)], listeners: [] });
    expect(conflicts.map(describeConflict)).toEqual([
      "127.0.0.1:9876 (for namesrv-0) is held by the container web",
    ]);
  });

  it("by a process that is out of sight are still refused, with a way out", async () => {
    const listeners = [{ port: 9876, address: "0.0.0.0", inode: "0" }];
    const conflicts = findConflicts("a", wanted, { containers: [], listeners });
    await expect(refuseConflicts(conflicts)).rejects.toMatchObject({
      code: "PORT_IN_USE",
      hint: expect.stringContaining("--port-offset auto"),
    });
  });
});
