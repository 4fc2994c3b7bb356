/**
 * @module-tag full
 * Official clients for minutes; that they get through at all is in presets/.
 */
import { describe, expect, it } from "vitest";
import { leftOf } from "../support/docker.ts";
import { runDrill, verdictOf } from "../support/drill.ts";

describe("what an application sees", () => {
  it("consumers-move: RocketMQ's Java consumer goes on from the slave with no hand needed", async () => {
    await using run = await runDrill("consumers-move", []);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.run.workload.clients).toEqual(["hotfire", "java"]);
    expect(await leftOf(run.result.run.cluster.name)).toEqual([]);
  });

  it("proxy-kill: the Node client goes on by itself once its only proxy is back", async () => {
    await using run = await runDrill("proxy-kill", ["--rate", "40"]);
    expect(verdictOf(run)).toBe("pass");
    expect(run.result.run.workload.clients).toEqual(["node-proxy"]);
    expect(await leftOf(run.result.run.cluster.name)).toEqual([]);
  });

  // After a freeze, or a switch on a busy machine, a client is back on a second connection: all its queues are to be read (StaleConsumerConnections.java).
  it.each(["writer-kill", "writer-pause"])(
    "%s: the Java client follows a new leader soon with the settings that docs/explanation/failover.md advises, and reads every queue",
    async (drill) => {
      const args = [
        "--client",
        "java",
        "--client-settings",
        "quick",
        "--rate",
        "200",
        "--limit",
        "rto.send=10s",
      ];
      await using run = await runDrill(drill, args);
      expect(verdictOf(run)).toBe("pass");
      expect(await leftOf(run.result.run.cluster.name)).toEqual([]);
    },
  );
});
