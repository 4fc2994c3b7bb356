/**
 * @module-tag full
 * Ten and twelve nodes each, for minutes; the parsing is unit-tested.
 */
import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ready } from "../support/broker-address.ts";
import { javaRoundTrip } from "../support/clients.ts";
import { startCluster, type TestCluster } from "../support/cluster.ts";
import { leftOf } from "../support/docker.ts";
import { hotfire, hotfireJson, jsonOf } from "../support/hotfire.ts";
import { projectRoot } from "../support/names.ts";
import { succeeded } from "../support/run.ts";
import { diffSchema, downSchema } from "../support/schemas.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { createTopicEverywhere } from "../support/topics.ts";

const guide = (name: string) => join(projectRoot, "examples/guide", name);

describe("the hand-written files that the project started from", () => {
  it("hold a copy error, which lint finds and mends", async () => {
    await using temp = await tempFolder();
    const copy = join(temp.path, "dledger");
    await cp(guide("dledger"), copy, { recursive: true });
    const found = await hotfire(["lint", copy]);
    expect(found.code).toBe(1);
    expect(found.stdout).toMatch(/broker-a-n0\.conf:8:13 error dLegerGroup is broker-b.*\[DLEDGER_GROUP\]/);
    // The broker would join its group, and store elsewhere: not unasked.
    expect((await hotfire(["lint", copy, "--fix"])).stderr).toContain("--fix=unsafe");
    const mended = await hotfire(["lint", copy, "--fix=unsafe"]);
    expect(mended.stderr).toContain("+dLegerGroup=broker-a");
    expect((await hotfire(["lint", copy])).stdout).not.toContain(" error ");
  });

  it.each([
    ["2m-2s-async", "RocketMQCluster", 4, 4],
    ["dledger", "RaftCluster", 6, 6],
  ])(
    "%s, imported, comes up, is verified, carries messages and goes",
    async (folder, clusterName, namesrvs, brokers) => {
      const imported = succeeded(await hotfire(["import", guide(folder)])).stdout;
      await using cluster = await startCluster({ of: "-", input: imported, purpose: `guide-${folder}` });
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
      const groups = await createTopicEverywhere(cluster.remoting, addresses, "Guide");
      const trip = {
        topic: "Guide",
        group: "guide",
        count: 40,
        network: "host",
        namesrv: addresses.join(";"),
      };
      expect(await javaRoundTrip(trip)).toEqual({ client: "java", acknowledged: 40, received: 40, groups });

      await expectDrift(cluster, imported);
      expect(await hotfireJson(downSchema, ["down", cluster.name])).toMatchObject([{ killed: [] }]);
      expect(await leftOf(cluster.name)).toEqual([]);
    },
  );
});

/** What a changed spec would do to the running cluster, by what its brokers say. */
async function expectDrift(cluster: TestCluster, spec: string): Promise<void> {
  await using temp = await tempFolder();
  const changed = join(temp.path, "changed.yaml");
  await writeFile(changed, spec.replace("properties:\n", "properties:\n  slaveTimeout: 2500\n"));
  const status = await cluster.status();
  const result = await hotfire(["diff", cluster.name, changed, "--json"]);
  expect(result.code).toBe(1);
  const { changes, unasked } = diffSchema.parse(jsonOf(result));
  expect(unasked).toEqual([]);
  // Ports differ too: the test's cluster is on free ones.
  expect(changes.filter(({ what }) => what === "property")).toEqual([
    {
      what: "property",
      key: "slaveTimeout",
      nodes: status.nodes.flatMap(({ kind, name }) => (kind === "broker" ? [name] : [])),
      before: "3000",
      after: "2500",
      needs: "update",
    },
  ]);
}
