/**
 * @module-tag full
 * What drills of controller mode are made of; the drills themselves run in the full tier too.
 */
import { connect, type FaultAction, injectFault } from "@hotfire/engine";
import { controllerMetadata } from "@hotfire/remoting";
import { describe, expect } from "vitest";
import { addressOfNode, masterOf, ready } from "../support/broker-address.ts";
import type { TestCluster } from "../support/cluster.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";

const it = sharedClusterTest("controller");
const docker = await connect();
const controllers = ["controller-0", "controller-1", "controller-2"] as const;
let count = 0;

async function inject(cluster: TestCluster, action: FaultAction, target: string) {
  const request = { id: `test-${count++}`, action, target, leaseMs: 60_000 };
  return injectFault({ docker, cluster: cluster.name }, request);
}

async function leaders(cluster: TestCluster): Promise<string[]> {
  const answers = await Promise.all(
    controllers.map(async (name) => {
      const { isLeader } = await controllerMetadata(cluster.remoting, await addressOfNode(cluster, name));
      return isLeader ? [name] : [];
    }),
  );
  return answers.flat();
}

describe("planned switches as faults", () => {
  it("of the controllers' lead: as many as there are controllers, and each has led", async ({ cluster }) => {
    const [first] = await leaders(cluster);
    const led: string[] = [];
    for (const _ of controllers) {
      const lead = await inject(cluster, { kind: "switchover" }, "controller:leader");
      expect(lead.groups).toEqual([]);
      const [now, ...others] = await leaders(cluster);
      expect(others).toEqual([]);
      expect(lead.proof.seen).toContain(`${now} leads the controllers`);
      led.push(now ?? "none");
      await lead.heal();
    }
    expect(led.at(-1)).toBe(first);
    expect(led.toSorted()).toEqual(controllers);
    await ready(cluster);
  });

  it("of a group: to the broker that was named", async ({ cluster }) => {
    const before = await masterOf(cluster, "broker-a");
    const away = await inject(cluster, { kind: "switchover" }, "broker-a:master");
    expect(await masterOf(cluster, "broker-a", before)).not.toBe(before);
    await away.heal();
    await ready(cluster);
    const back = await inject(cluster, { kind: "switchover", to: before }, "broker-a:master");
    expect(back.proof.seen).toContain(`${before} takes the writes`);
    expect(await masterOf(cluster, "broker-a")).toBe(before);
    await ready(cluster);
  });
});
