/**
 * @module-tag full
 * Each preset in make test goes down without a kill; this looks at single containers.
 */
import { clusterInfo } from "@hotfire/remoting";
import { describe, expect } from "vitest";
import { clusterTest } from "../support/cluster-test.ts";
import { docker, inspect } from "../support/docker.ts";
import { until } from "../support/until.ts";

const it = clusterTest({ of: "single-master", purpose: "graceful", args: ["--proxy"] });

/** Compose gives a broker 60 s; a graceful stop is nowhere near it. */
const wellInsideGraceMs = 30_000;
/** A name server takes brokers out of its routes in a thread of its own; one that has only fallen silent it keeps for 120 s. */
const wellInsideExpiryMs = 10_000;

describe("docker stop", () => {
  it("of a broker is graceful: no kill, and the name servers know at once", async ({ cluster }) => {
    const broker = cluster.container("broker-a-0");
    const namesrvs = await cluster.namesrvs();
    const startedAt = performance.now();
    await docker(["stop", broker]);
    expect(performance.now() - startedAt).toBeLessThan(wellInsideGraceMs);
    expect([0, 143]).toContain((await inspect(broker)).State.ExitCode);
    for (const namesrv of namesrvs) {
      await until(
        "the broker is unregistered",
        async () => (await clusterInfo(cluster.remoting, namesrv)).brokers.size === 0,
        { deadlineMs: wellInsideExpiryMs },
      );
    }
  });

  it.for(["proxy-0", "namesrv-0"])("of %s is graceful", async (node, { cluster }) => {
    const container = cluster.container(node);
    await docker(["stop", container]);
    expect([0, 143]).toContain((await inspect(container)).State.ExitCode);
  });
});
