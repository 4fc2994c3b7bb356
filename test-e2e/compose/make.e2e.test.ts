/**
 * @module-tag quick
 * The first command of the README.
 */
import { describe, expect, it } from "vitest";
import { claimCluster } from "../support/claim.ts";
import { docker, leftOf } from "../support/docker.ts";
import { hotfire } from "../support/hotfire.ts";
import { projectRoot } from "../support/names.ts";
import { run, succeeded } from "../support/run.ts";

const make = async (...args: readonly string[]) =>
  succeeded(await run("make", args, { cwd: projectRoot, deadlineMs: 600_000 }));

describe("the README's first command", () => {
  it("make cluster-dledger brings it up, says what a client needs, does nothing a second time; make down removes it", async () => {
    await using _ = await claimCluster("dledger");
    try {
      const first = await make("cluster-dledger");
      expect(first.stderr).toMatch(/dledger is ready: created in/);
      // Docker's health checks may not have looked again since the last round trip.
      for (const node of ["namesrv-0", "namesrv-1", "broker-a-0", "broker-a-1", "broker-a-2"]) {
        expect(first.stdout).toMatch(new RegExp(`^${node} .* (healthy|starting) `, "m"));
      }
      expect(first.stdout.match(/ leader /g)).toHaveLength(1);
      expect(first.stdout.match(/ follower /g)).toHaveLength(2);
      expect(first.stdout).toContain("127.0.0.1:9876;127.0.0.1:9877");

      const before = await containers();
      const second = await make("cluster-dledger");
      expect(second.stderr).toMatch(/dledger was up already and is ready/);
      expect(second.tookMs).toBeLessThan(first.tookMs);
      expect(await containers()).toEqual(before);

      await make("down", "NAME=dledger");
      expect(await leftOf("dledger")).toEqual([]);
    } finally {
      if ((await leftOf("dledger")).length > 0) await hotfire(["down", "dledger", "--now"]);
    }
  });

  it("make alone lists every target", async () => {
    const { stdout } = await make();
    for (const target of [
      "cluster-dledger",
      "cluster-controller",
      "down",
      "status",
      "test",
      "test-unit",
      "test-e2e",
      "bench",
      "images",
      "render",
    ]) {
      expect(stdout).toMatch(new RegExp(`^ *make ${target} +\\S`, "m"));
    }
  });
});

async function containers(): Promise<string[]> {
  const list = await docker(["container", "ls", "--quiet", "--filter", "label=io.hotfire.cluster=dledger"]);
  return list.split("\n").sort();
}
