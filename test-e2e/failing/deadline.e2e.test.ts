/**
 * @module-tag quick
 * Bad luck with a clear end.
 */
import { describe, expect, it } from "vitest";
import { removeCluster } from "../support/cluster.ts";
import { failureOf } from "../support/failure.ts";
import { clusterName } from "../support/names.ts";

describe("a deadline that passes", () => {
  it("says what was awaited and what was seen, and leaves the cluster to be looked at", async () => {
    const name = clusterName("late");
    try {
      const args = [
        "up",
        "dledger",
        "--name",
        name,
        "--port-offset",
        "auto",
        "--no-build",
        "--deadline",
        "500ms",
      ];
      const failure = await failureOf(args);
      expect(failure).toMatchObject({ exitCode: 2, code: "DEADLINE_PASSED", blame: "engine" });
      expect(failure.message).toContain(`"${name}" was not ready within`);
      expect(failure.seen.length).toBeGreaterThan(0);
      expect(failure.seen.join("\n")).toMatch(/namesrv-0|broker-a-0/);
      expect(failure.hint).toContain(`hotfire status ${name}`);
      expect(failure.hint).toContain(`hotfire down ${name}`);
    } finally {
      await removeCluster(name);
    }
  });
});
