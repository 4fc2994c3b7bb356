/**
 * @module-tag full
 * A minute; the drills on DLedger, asynchronous and synchronous groups are in make test.
 */
import { describe, expect } from "vitest";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { runDrill, verdictOf } from "../support/drill.ts";

const it = sharedClusterTest("multi-master");

describe("drills on several masters", () => {
  it("writer-kill: the other group goes on, and the dead one's messages are read once it is back", async ({
    cluster,
  }) => {
    await using run = await runDrill("writer-kill", ["--on", cluster.name]);
    expect(verdictOf(run)).toBe("pass");
    const { accounting, recoveries } = run.result;
    expect(accounting).toMatchObject({ lost: { count: 0 }, undelivered: 0 });
    for (const { group, rto, neededHealing } of recoveries) {
      expect(neededHealing).toBe(group === "broker-a");
      // The drill's own bound for a healthy group, in microseconds: on busy cores it may stand still for a moment.
      if (group !== "broker-a") expect(rto ?? Number.POSITIVE_INFINITY).toBeLessThan(5_000_000);
    }
  });
});
