import { modes } from "@hotfire/topology";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planChaos } from "./chaos-plan.ts";

const anyChaos = fc.record({
  seed: fc.nat(),
  mode: fc.constantFrom(...modes),
  forMs: fc.integer({ min: 0, max: 600_000 }),
  overlapping: fc.boolean(),
});

describe("chaos", () => {
  it("is the same for the same seed, and over in time", () => {
    fc.assert(
      fc.property(anyChaos, (options) => {
        const faults = planChaos(options);
        expect(planChaos(options)).toEqual(faults);
        for (const { atMs, forMs } of faults) expect(atMs + forMs).toBeLessThanOrEqual(options.forMs);
        expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
      }),
    );
  });

  it("has one fault at a time unless it may overlap", () => {
    fc.assert(
      fc.property(anyChaos, (options) => {
        const faults = planChaos({ ...options, overlapping: false });
        for (const [index, { atMs }] of faults.entries()) {
          const before = faults[index - 1];
          if (before !== undefined) expect(atMs).toBeGreaterThan(before.atMs + before.forMs);
        }
      }),
    );
  });

  it("differs from seed to seed", () => {
    const plans = [1, 2, 3].map((seed) =>
      JSON.stringify(planChaos({ seed, mode: "dledger", forMs: 300_000, overlapping: true })),
    );
    expect(new Set(plans).size).toBe(3);
  });
});
