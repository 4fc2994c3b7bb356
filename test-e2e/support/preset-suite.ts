import { consumerOffset } from "@hotfire/remoting";
import { loadPreset, type PresetName, planCluster } from "@hotfire/topology";
import { describe, expect } from "vitest";
import { nodeOf, ready } from "./broker-address.ts";
import { javaRoundTrip, nodeRoundTrip } from "./clients.ts";
import type { TestCluster } from "./cluster.ts";
import { sharedClusterTest } from "./cluster-test.ts";
import { docker, leftOf } from "./docker.ts";
import { hotfire, hotfireJson } from "./hotfire.ts";
import { succeeded } from "./run.ts";
import { downSchema } from "./schemas.ts";
import { createGroupEverywhere, createTopicEverywhere } from "./topics.ts";
import { until } from "./until.ts";

const count = 40;

/** What a user of any mode relies on, from `up` to `down`. The tests are in the order of a cluster's life. */
export function describePreset(preset: PresetName, claims: readonly string[]): void {
  // Where a client runs, and through what, is the same question in every mode: `make test` asks it of one.
  const elsewhere = preset === "dledger" ? {} : { tags: ["full"] };
  const it = sharedClusterTest(preset);
  const plan = planCluster(loadPreset(preset));
  const groups = plan.groups.map(({ name }) => name);
  // RocketMQ's slaves copy offsets every ten seconds: `make test` waits for it in one mode of pairs, and in those that elect.
  const copies = preset === "master-slave-async" ? { tags: ["full"] } : {};
  const hasReplicas = plan.nodes.filter(({ kind }) => kind === "broker").length > groups.length;

  describe(preset, () => {
    it("comes up with every node of its plan, in its role", async ({ cluster }) => {
      const status = await ready(cluster);
      expect(status).toMatchObject({ cluster: cluster.name, mode: plan.mode, state: "ready", problems: [] });
      expect(status.nodes.map(({ name }) => name).sort()).toEqual(
        [...plan.nodes.map(({ name }) => name), "proxy-0"].sort(),
      );
      await until("Docker's health checks agree", async () =>
        (await cluster.status()).nodes.every(({ container }) => container.health === "healthy"),
      );
      expect(status.groups.map(({ name, master }) => [name, master !== undefined])).toEqual(
        groups.map((group) => [group, true]),
      );
    });

    it("passes verify, claim by claim", async ({ cluster }) => {
      const result = succeeded(await hotfire(["verify", cluster.name]));
      expect(result.code).toBe(0);
      const verification = await cluster.verify();
      expect(verification.claims.filter((claim) => claim.result !== "pass")).toEqual([]);
      expect([...new Set(verification.claims.map(({ id }) => id))].sort()).toEqual([...claims].sort());
    });

    it("is left as it is by a second up, which says so", async ({ cluster }) => {
      const before = await containerIds(cluster);
      const again = await cluster.up();
      expect(again.result).toMatchObject({ change: "unchanged", created: [], recreated: [], started: [] });
      expect(await containerIds(cluster)).toEqual(before);
    });

    it("carries messages of the official Java client on this host, through every group", async ({
      cluster,
    }) => {
      const namesrvs = await cluster.namesrvs();
      await createTopicEverywhere(cluster.remoting, namesrvs, "FromHost");
      const trip = { topic: "FromHost", group: "java-on-host", count, network: "host" };
      const answer = await javaRoundTrip({ ...trip, namesrv: namesrvs.join(";") });
      expect(answer).toEqual({ client: "java", acknowledged: count, received: count, groups });
    });

    it("carries messages of the official Java client in a container", elsewhere, async ({ cluster }) => {
      const { client } = await cluster.status();
      await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), "FromContainer");
      const trip = { topic: "FromContainer", group: "java-in-container", count, network: client.network };
      const answer = await javaRoundTrip({ ...trip, namesrv: client.namesrvInside });
      expect(answer).toEqual({ client: "java", acknowledged: count, received: count, groups });
    });

    it(
      "carries messages of the official Node client through the proxy, from this host",
      elsewhere,
      async ({ cluster }) => {
        const { client } = await cluster.status();
        await prepareNodeClient(cluster, "NodeOnHost", "node-on-host");
        const trip = { topic: "NodeOnHost", group: "node-on-host", count, network: "host" };
        const answer = await nodeRoundTrip({ ...trip, proxy: client.proxy ?? "" });
        expect(answer).toEqual({ client: "node", acknowledged: count, received: count });
      },
    );

    it(
      "carries messages of the official Node client through the proxy, from a container",
      elsewhere,
      async ({ cluster }) => {
        const { client } = await cluster.status();
        await prepareNodeClient(cluster, "NodeInContainer", "node-in-container");
        const trip = { topic: "NodeInContainer", group: "node-in-container", count, network: client.network };
        const answer = await nodeRoundTrip({ ...trip, proxy: client.proxyInside ?? "" });
        expect(answer).toEqual({ client: "node", acknowledged: count, received: count });
      },
    );

    it.runIf(hasReplicas)(
      "copies to every replica what a consumer has consumed",
      copies,
      async ({ cluster }) => {
        const status = await ready(cluster);
        const consumed = { consumerGroup: "java-on-host", topic: "FromHost", queueId: 0 };
        const offsetAt = (node: string) =>
          consumerOffset(cluster.remoting, nodeOf(status, node).containerAddress ?? "", consumed);
        for (const { name, master = "" } of status.groups) {
          const offset = await offsetAt(master);
          expect(offset).toBeGreaterThan(0);
          for (const replica of status.nodes.filter((node) => node.group === name && node.name !== master)) {
            await until(
              `${replica.name} has the offset ${offset} of ${master}`,
              async () => (await offsetAt(replica.name)) === offset,
              { deadlineMs: 90_000 },
            );
          }
        }
      },
    );

    it("has run short of no memory under any of that", async ({ cluster }) => {
      const { stdout } = succeeded(await hotfire(["logs", cluster.name]));
      expect(stdout.split("\n").filter((line) => line.includes("OutOfMemoryError"))).toEqual([]);
      for (const { name, container } of (await cluster.status()).nodes) {
        expect(container, name).toMatchObject({ state: "running", restarts: 0 });
      }
    });

    it("goes down gracefully and leaves nothing", async ({ cluster }) => {
      const before = await leftOf(cluster.name);
      expect(before.length).toBeGreaterThan(0);
      const removed = await hotfireJson(downSchema, ["down", cluster.name]);
      expect(removed).toMatchObject([{ cluster: cluster.name, killed: [] }]);
      expect(await leftOf(cluster.name)).toEqual([]);
    });
  });
}

async function prepareNodeClient(cluster: TestCluster, topic: string, group: string): Promise<void> {
  const namesrvs = await cluster.namesrvs();
  await createTopicEverywhere(cluster.remoting, namesrvs, topic);
  await createGroupEverywhere(cluster.remoting, namesrvs[0] ?? "", group);
}

async function containerIds(cluster: TestCluster): Promise<string[]> {
  const filter = `label=io.hotfire.cluster=${cluster.name}`;
  return (await docker(["container", "ls", "--all", "--no-trunc", "--quiet", "--filter", filter]))
    .split("\n")
    .sort();
}
