/**
 * @module-tag full
 * Two clusters and two drills for a ratio; `make bench-failover` measures it with more faults.
 */
import { describe, expect, it } from "vitest";
import { runDrill, verdictOf, worstRecovery } from "../support/drill.ts";
import { specFile } from "../support/names.ts";

/** `make bench-failover` measures 10 and more; here two cores carry everything, and one round has to do. */
const timesFaster = 2.5;

describe("fast failover beside RocketMQ's own timers, in one run", () => {
  it("replaces a killed leader several times faster, and loses as little: nothing", async () => {
    const gaps: number[] = [];
    for (const profile of ["stock", "fast"]) {
      await using run = await runDrill("writer-kill", ["--on", specFile(`dledger-${profile}`)]);
      expect([profile, verdictOf(run)]).toEqual([profile, "pass"]);
      expect(run.result.accounting.lost.count).toBe(0);
      gaps.push(worstRecovery(run.result, "send") ?? Number.POSITIVE_INFINITY);
    }
    const [stock = 0, fast = Number.POSITIVE_INFINITY] = gaps;
    expect(fast * timesFaster).toBeLessThan(stock);
  });
});
