import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ready } from "../support/broker-address.ts";
import { javaRoundTrip } from "../support/clients.ts";
import { startCluster } from "../support/cluster.ts";
import { leftOf } from "../support/docker.ts";
import { hotfireJson } from "../support/hotfire.ts";
import { projectRoot } from "../support/names.ts";
import { downSchema } from "../support/schemas.ts";
import { createTopicEverywhere } from "../support/topics.ts";

describe("the clusters that the project started from", () => {
  it.each([
    ["seed-2m-2s-async", "RocketMQCluster", 4, 4],
    ["seed-dledger-2x3", "RaftCluster", 6, 6],
  ])(
    "%s comes up, is verified, carries messages and goes",
    async (example, clusterName, namesrvs, brokers) => {
      await using cluster = await startCluster({
        of: join(projectRoot, "examples", `${example}.yaml`),
        purpose: example,
      });
      const status = await ready(cluster);
      expect(status.clusterName).toBe(clusterName);
      expect(status.nodes.filter(({ kind }) => kind === "namesrv")).toHaveLength(namesrvs);
      expect(status.nodes.filter(({ kind }) => kind === "broker")).toHaveLength(brokers);
      for (const { kind, registeredAt } of status.nodes) {
        if (kind === "broker") expect(registeredAt).toHaveLength(namesrvs);
      }
      const { verdict, claims } = await cluster.verify();
      expect(claims.filter(({ result }) => result !== "pass")).toEqual([]);
      expect(verdict).toBe("pass");

      const addresses = await cluster.namesrvs();
      const groups = await createTopicEverywhere(cluster.remoting, addresses, "Seed");
      const trip = { topic: "Seed", group: "seed", count: 40, network: "host", namesrv: addresses.join(";") };
      expect(await javaRoundTrip(trip)).toEqual({ client: "java", acknowledged: 40, received: 40, groups });

      expect(await hotfireJson(downSchema, ["down", cluster.name])).toMatchObject([{ killed: [] }]);
      expect(await leftOf(cluster.name)).toEqual([]);
    },
  );
});
