/**
 * @module-tag quick
 * A broker that does not start.
 */
import { describe, expect, it } from "vitest";
import { removeCluster } from "../support/cluster.ts";
import { leftOf } from "../support/docker.ts";
import { failureOf } from "../support/failure.ts";
import { hotfire } from "../support/hotfire.ts";
import { clusterName } from "../support/names.ts";
import { succeeded } from "../support/run.ts";

describe("a broker that dies while the cluster starts", () => {
  it("ends up at once, with its exit code, its last log lines and the way out", async () => {
    const name = clusterName("dying");
    const spec = `version: 1
name: ${name}
mode: single-master
properties:
  messageStorePlugIn: com.example.NoSuchPlugin
`;
    try {
      const failure = await failureOf(["up", "-", "--port-offset", "auto", "--no-build"], { input: spec });
      expect(failure).toMatchObject({ exitCode: 1, code: "NODE_DIED" });
      expect(failure.message).toMatch(/broker-a-0 ended with exit code 1 /);
      expect(failure.log?.of).toBe("broker-a-0");
      expect(failure.log?.lines.join("\n")).toContain("com.example.NoSuchPlugin");
      expect(failure.hint).toContain(`hotfire down ${name}`);
      // Evidence is kept until somebody takes it away.
      expect(await leftOf(name)).not.toEqual([]);
      succeeded(await hotfire(["down", name]));
      expect(await leftOf(name)).toEqual([]);
    } finally {
      await removeCluster(name);
    }
  });
});
