/**
 * @module-tag full
 * What happens is in drills/multi-master too, beside a group that goes on.
 */
import { describe, expect } from "vitest";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { runDrill, verdictOf } from "../support/drill.ts";

const it = sharedClusterTest("single-master");

describe("drills on a single master", () => {
  it.for(["writer-stop", "writer-kill"])(
    "%s: the service stops, and nothing acknowledged is lost",
    async (name, { cluster }) => {
      await using run = await runDrill(name, ["--on", cluster.name]);
      expect(verdictOf(run)).toBe("pass");
      expect(run.said.code).toBe(0);
      const { accounting, faults, recoveries } = run.result;
      expect(accounting.acknowledged).toBeGreaterThan(1000);
      expect(accounting).toMatchObject({ lost: { count: 0 }, undelivered: 0 });
      expect(faults).toMatchObject([{ nodes: ["broker-a-0"] }]);
      for (const recovery of recoveries) expect(recovery).toMatchObject({ neededHealing: true });
    },
  );
});
