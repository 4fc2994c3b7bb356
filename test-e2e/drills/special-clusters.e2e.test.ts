/**
 * @module-tag full
 * Each brings up a cluster that nothing else can use: stores in memory, brokers under libfaketime.
 */
import { describe, expect, it } from "vitest";
import { runDrill, verdictOf } from "../support/drill.ts";

describe("drills on clusters of their own", () => {
  it("clock-step: a step of the wall clock ends no writer and hides no frozen one", async () => {
    await using run = await runDrill("clock-step", []);
    expect(verdictOf(run)).toBe("pass");
    const proofs = run.result.faults
      .filter(({ kind }) => kind === "clock-step")
      .map(({ injected, healed }) => [injected?.proof.seen, healed?.proof.seen]);
    // Brokers tell their time in whole seconds.
    const right = expect.stringMatching(/ is (right|1 s (ahead|behind))/);
    expect(proofs).toEqual([
      [expect.stringMatching(/ (19|20|21) s ahead/), right],
      [expect.stringMatching(/ (19|20|21) s behind/), right],
    ]);
  });

  it("disk-full-election: nobody is elected by a member that cannot remember its vote", async () => {
    await using run = await runDrill("disk-full-election", []);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.faults[0]?.injected?.proof.seen).toContain("100.0 %");
  });
});
