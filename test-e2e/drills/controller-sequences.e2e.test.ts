/**
 * @module-tag full
 * Sequences that take minutes: a single fault of each is in the quick tier.
 */
import { describe, expect } from "vitest";
import { clusterTest } from "../support/cluster-test.ts";
import { runDrill, verdictOf } from "../support/drill.ts";

const it = clusterTest({ of: "controller", purpose: "drill-controller-rest" });

/** In this order: what would leave the controllers at odds with each other comes last. */
const drills = [
  "idle-switch",
  "network-partition",
  "replicas-rejoin",
  "cluster-restart",
  "namesrv-pause-writer-kill",
  "controller-rejoin",
] as const;

describe("drills of several faults on controller mode", () => {
  it.for(drills)("%s", async (name, { cluster }) => {
    // Brokers that were restarted compile their code, on the same two cores, for much of the time.
    await using run = await runDrill(name, ["--on", cluster.name, "--rate", "100"]);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.accounting.lost.count).toBe(0);
    expect(run.result.replicas.different).toBe(0);
  });
});
