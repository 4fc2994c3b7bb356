/**
 * @module-tag full
 * A minute and a half for what up, status and every preset rely on in make test too.
 */
import { describe, expect } from "vitest";
import { clusterTest } from "../support/cluster-test.ts";
import { docker } from "../support/docker.ts";
import { healthAfter, healthOf } from "../support/health.ts";
import { specFile } from "../support/names.ts";
import { until } from "../support/until.ts";

const it = clusterTest({ of: specFile("one-sync-pair"), purpose: "health" });
/** Docker calls a container unhealthy after three failed checks. */
const retries = 3;

describe("the health check", () => {
  it("finds a broker that hangs, and its recovery", async ({ cluster }) => {
    const broker = cluster.container("broker-a-1");
    const comesToBe = (status: string) =>
      until(status, async () => (await healthOf(broker)).Status === status, { deadlineMs: 90_000 });
    // `up` asks the brokers themselves and may be ahead of Docker's first check, before which
    // no failed one counts.
    await comesToBe("healthy");
    // Docker checks no paused container: this is a process that hangs in one that runs.
    await docker(["kill", "--signal", "STOP", broker]);
    try {
      await comesToBe("unhealthy");
    } finally {
      await docker(["kill", "--signal", "CONT", broker]);
    }
    await comesToBe("healthy");
  });

  it("does not take a slave for dead whose master died", async ({ cluster }) => {
    await cluster.node("kill", "broker-a:master");
    expect(await healthAfter(cluster.container("broker-a-1"), retries)).toBe("healthy");
  });

  it("does not take brokers for dead when every name server is gone", async ({ cluster }) => {
    await cluster.node("kill", "namesrv-0");
    await cluster.node("kill", "namesrv-1");
    expect(await healthAfter(cluster.container("broker-a-1"), retries)).toBe("healthy");
  });
});
