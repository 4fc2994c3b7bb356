/**
 * @module-tag full
 * The drill on a DLedger group in make test kills the same leader under load.
 */
import { describe, expect } from "vitest";
import { addressOfNode, brokerAddresses, masterOf, nodeOf, ready } from "../support/broker-address.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { numbered, readTexts, sendTexts } from "../support/messages.ts";
import { copiedToAll, createTopicEverywhere } from "../support/topics.ts";
import { until } from "../support/until.ts";

const it = sharedClusterTest("dledger");
const queue = { topic: "Ledger", queueId: 0 };
const before = numbered("before the kill", 100);
const after = numbered("after the kill", 20);

describe("a DLedger group whose leader is killed", () => {
  it("elects another, shows who is dead, and has every acknowledged message", async ({ cluster }) => {
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), queue.topic);
    await copiedToAll(cluster.remoting, await brokerAddresses(cluster), queue.topic);
    const killed = await masterOf(cluster, "broker-a");
    const sent = await sendTexts(
      cluster.remoting,
      { ...queue, broker: await addressOfNode(cluster, killed) },
      before,
    );
    expect(sent.map(({ status }) => status)).toEqual(before.map(() => "stored"));

    const said = await cluster.node("kill", "broker-a:leader");
    expect(said.stdout).toContain(`${killed} (broker-a:leader) was running and is exited now, exit code 137`);
    const leader = await masterOf(cluster, "broker-a", killed);

    const status = await cluster.status();
    expect(status.state).toBe("degraded");
    expect(status.problems.join("\n")).toContain(killed);
    const dead = nodeOf(status, killed);
    expect(dead).toMatchObject({ container: { state: "exited", exitCode: 137 }, registeredAt: [] });
    expect(dead.role).toBeUndefined();
    expect(nodeOf(status, leader)).toMatchObject({ role: "leader", brokerId: 0 });

    const there = { ...queue, broker: await addressOfNode(cluster, leader) };
    expect(await readTexts(cluster.remoting, there)).toEqual(before);
    const more = await sendTexts(cluster.remoting, there, after);
    expect(more.map(({ status }) => status)).toEqual(after.map(() => "stored"));
  });

  it("takes the old leader back as a follower that has everything", async ({ cluster }) => {
    const leader = await masterOf(cluster, "broker-a");
    const killed =
      (await cluster.status()).nodes.find(({ container }) => container.state === "exited")?.name ?? "";
    await cluster.node("start", killed);
    const status = await ready(cluster);
    expect(nodeOf(status, killed).role).toBe("follower");
    expect(nodeOf(status, leader).role).toBe("leader");
    const there = { ...queue, broker: await addressOfNode(cluster, killed) };
    // It copies what it missed, and shows it once its leader has told it that it is committed.
    const everything = [...before, ...after];
    await until(
      "it has everything",
      async () => (await readTexts(cluster.remoting, there)).length >= everything.length,
    );
    expect(await readTexts(cluster.remoting, there)).toEqual(everything);
    expect((await cluster.verify()).verdict).toBe("pass");
  });

  it("elects another when the leader is only frozen, which comes back as a follower", async ({ cluster }) => {
    const frozen = await masterOf(cluster, "broker-a");
    await cluster.node("pause", "broker-a:leader");
    const leader = await masterOf(cluster, "broker-a", frozen);
    await cluster.node("unpause", frozen);
    const status = await ready(cluster);
    expect(status.nodes.filter(({ role }) => role === "leader").map(({ name }) => name)).toEqual([leader]);
    expect(nodeOf(status, frozen).role).toBe("follower");
  });

  it("without a majority takes no writes, and status and verify say so", async ({ cluster }) => {
    const leader = await masterOf(cluster, "broker-a");
    const [first = "", second = ""] = (await ready(cluster)).nodes
      .filter(({ role }) => role === "follower")
      .map(({ name }) => name);
    await cluster.node("kill", first);
    await cluster.node("kill", second);
    const there = { ...queue, broker: await addressOfNode(cluster, leader) };
    const stored = await sendTexts(cluster.remoting, there, ["alone"]).then(
      ([result]) => result?.status === "stored",
      () => false,
    );
    expect(stored).toBe(false);
    const status = await until("the leader has given up", async () => {
      const said = await cluster.status();
      return said.groups[0]?.noWriter !== undefined && said;
    });
    expect(status.state).toBe("degraded");
    const noWriter = status.groups[0]?.noWriter;
    expect(noWriter?.why).toBe("no-majority");
    expect(noWriter?.text).toContain("1 of 3 brokers answer, 2 are needed");
    expect(Date.now() - (noWriter?.since ?? 0)).toBeLessThan(60_000);
    expect(status.problems).toContain(noWriter?.text);
    const { verdict, claims } = await cluster.verify();
    expect(verdict).toBe("fail");
    const trip = claims.find(({ id }) => id === "round-trip-host");
    expect(trip?.evidence.join("\n")).toContain("broker-a takes no writes");
    expect(claims.find(({ id }) => id === "raft-quorum")).toMatchObject({
      result: "fail",
      group: "broker-a",
    });

    await cluster.node("start", first);
    await cluster.node("start", second);
    await ready(cluster);
  });
});
