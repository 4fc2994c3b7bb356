/**
 * @module-tag quick
 * What applications do all day, at default limits; `make bench` does it for half an hour, on every preset.
 */
import { describe, expect } from "vitest";
import { clusterTest } from "../support/cluster-test.ts";
import { growth, remotingKinds, soak } from "../support/soak.ts";

const it = clusterTest({ of: "dledger", purpose: "soak", args: ["--proxy"] });
const seconds = 180;
/** Of direct memory, between the second quarter and the last: buffers that leak double it within the three minutes (one gRPC consumer exhausted 170 MiB in 30 s). */
const mostGrowth = 1.5;

describe("all kinds of messages at once, for three minutes", () => {
  it("are all delivered, and no process runs short of memory", { timeout: 600_000 }, async ({ cluster }) => {
    const result = await soak(cluster, seconds);
    expect(result.kinds.map(({ kind }) => kind).sort()).toEqual([...remotingKinds, "pop"].sort());
    for (const kind of result.kinds) {
      expect(kind, JSON.stringify(kind)).toMatchObject({ missing: 0, rolledBackYetReceived: 0 });
      expect(kind.acknowledged, JSON.stringify(kind)).toBeGreaterThan(seconds / 10);
    }
    expect(result.outOfMemory).toEqual([]);
    expect(result.ended).toEqual([]);
    expect(result.memory.map(({ node }) => node).sort()).toEqual(["broker-a-0", "broker-a-1", "broker-a-2"]);
    for (const memory of result.memory) {
      expect(growth(memory), JSON.stringify(memory)).toBeLessThan(mostGrowth);
      expect(Math.max(...memory.used), JSON.stringify(memory)).toBeLessThan(memory.limit);
    }
  });
});
