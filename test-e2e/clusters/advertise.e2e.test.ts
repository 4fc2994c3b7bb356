/**
 * @module-tag full
 * Clients on another network than usual; that clients on this host and in containers reach a cluster is in every preset's file.
 */
import { describe, expect, it } from "vitest";
import { javaRoundTrip } from "../support/clients.ts";
import { startCluster } from "../support/cluster.ts";
import { docker } from "../support/docker.ts";
import { specFile } from "../support/names.ts";
import { createTopicEverywhere } from "../support/topics.ts";

/** An address of this host that is in none of the cluster's networks: that of Docker's default bridge. */
async function hostAddress(): Promise<string> {
  return docker(["network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}"]);
}

describe("an advertised address", () => {
  it("serves clients on the host and on another network, and the pair still replicates", async () => {
    const address = await hostAddress();
    await using cluster = await startCluster({
      of: specFile("one-sync-pair"),
      purpose: "advertised",
      args: ["--advertise", address, "--bind", address],
    });
    const status = await cluster.status();
    const registered = status.nodes.flatMap(({ registeredAt }) =>
      (registeredAt ?? []).map((one) => one.address),
    );
    expect(registered).toHaveLength(4);
    for (const broker of registered) expect(broker).toMatch(new RegExp(`^${address}:\\d+$`));

    const namesrvs = await cluster.namesrvs();
    for (const namesrv of namesrvs) expect(namesrv).toMatch(new RegExp(`^${address}:`));
    await createTopicEverywhere(cluster.remoting, namesrvs, "Advertised");
    for (const network of ["host", "bridge"]) {
      // Refused without the slave, so what is acknowledged has been replicated.
      const trip = {
        namesrv: namesrvs.join(";"),
        topic: "Advertised",
        group: `on-${network}`,
        count: 20,
        network,
      };
      expect(await javaRoundTrip(trip)).toMatchObject({ acknowledged: 20, received: 20 });
    }
    expect((await cluster.verify()).verdict).toBe("pass");
  });
});
