import { modes } from "@hotfire/topology";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planChaos } from "./chaos-plan.ts";

const anyChaos = fc.record({
  seed: fc.nat(),
  mode: fc.constantFrom(...modes),
  forMs: fc.integer({ min: 0, max: 600_000 }),
  overlapping: fc.boolean(),
  canPause: fc.boolean(),
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
      JSON.stringify(planChaos({ seed, mode: "dledger", forMs: 300_000, overlapping: true, canPause: true })),
    );
    expect(new Set(plans).size).toBe(3);
  });

  it("has whole drills, with nothing else in force and names of their own", () => {
    fc.assert(
      fc.property(anyChaos, (options) => {
        const plan = planChaos(options);
        const names = plan.flatMap((one) =>
          "steps" in one ? one.steps.flatMap((step) => (step.do === "inject" ? [step.as] : [])) : [one.id],
        );
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).toMatch(/^[a-z0-9-]{1,40}$/);
        for (const [index, one] of plan.entries()) {
          if (!("steps" in one)) continue;
          const others = plan.filter((_, other) => other !== index);
          for (const { atMs, forMs } of others)
            expect(atMs + forMs <= one.atMs || atMs >= one.atMs + one.forMs).toBe(true);
        }
      }),
    );
  });

  it("draws in time from every drill of the mode, but what cannot be without pausing", () => {
    const drills = (mode: "dledger" | "controller", canPause: boolean) =>
      new Set(
        planChaos({ seed: 1, mode, forMs: 7_200_000, overlapping: true, canPause }).flatMap((one) =>
          "steps" in one ? [one.drill] : [],
        ),
      );
    expect(drills("controller", true)).toEqual(
      new Set([
        "planned-switch",
        "rolling-restart",
        "namesrv-pause-writer-kill",
        "controller-rejoin",
        "cluster-restart",
        "idle-switch",
        "network-partition",
        "replicas-rejoin",
      ]),
    );
    expect(drills("dledger", true)).toContain("idle-switch");
    expect(drills("dledger", true)).not.toContain("controller-rejoin");
    expect(drills("controller", false)).not.toContain("idle-switch");
  });
});
