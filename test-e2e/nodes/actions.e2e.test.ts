/**
 * @module-tag quick
 * Stop, start, restart, pause, kill.
 */
import { topicRoute } from "@hotfire/remoting";
import { describe, expect } from "vitest";
import { addressOfNode, nodeOf, ready } from "../support/broker-address.ts";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { failureOf } from "../support/failure.ts";
import { readTexts, sendTexts } from "../support/messages.ts";
import { createTopicEverywhere } from "../support/topics.ts";
import { until } from "../support/until.ts";

const it = sharedClusterTest("single-master");

describe("node", () => {
  it("stop is graceful, and start brings the messages back", async ({ cluster }) => {
    await createTopicEverywhere(cluster.remoting, await cluster.namesrvs(), "Stayed");
    const queue = { topic: "Stayed", queueId: 0 };
    await sendTexts(cluster.remoting, { ...queue, broker: await addressOfNode(cluster, "broker-a-0") }, [
      "one",
      "two",
    ]);

    const stopped = await cluster.nodeJson("stop", "broker-a:master");
    expect(stopped).toMatchObject({ node: "broker-a-0", before: "running", after: "exited" });
    expect([0, 143]).toContain(stopped.exitCode);
    expect(await cluster.nodeJson("start", "broker-a-0")).toMatchObject({
      before: "exited",
      after: "running",
    });
    await ready(cluster);
    const broker = await addressOfNode(cluster, "broker-a-0");
    expect(await readTexts(cluster.remoting, { ...queue, broker })).toEqual(["one", "two"]);
  });

  it("restart gives the node a new process", async ({ cluster }) => {
    const before = nodeOf(await cluster.status(), "namesrv-1").container;
    expect(await cluster.nodeJson("restart", "namesrv-1")).toMatchObject({
      before: "running",
      after: "running",
    });
    const { container: after } = nodeOf(await ready(cluster), "namesrv-1");
    expect(after.id).toBe(before.id);
    expect(after.uptimeSeconds).toBeLessThanOrEqual(before.uptimeSeconds ?? 0);
    // Ready is what gives clients their routes: a new name server knows its brokers before it does.
    const [, restarted = ""] = await cluster.namesrvs();
    const { brokerDatas } = await topicRoute(cluster.remoting, restarted, "SELF_TEST_TOPIC");
    expect(brokerDatas.map(({ brokerName }) => brokerName)).toEqual(["broker-a"]);
  });

  it("pause freezes, status says so at once, and unpause lets it go on", async ({ cluster }) => {
    await cluster.node("pause", "broker-a-0");
    const { state, nodes } = await cluster.status();
    expect(state).toBe("degraded");
    expect(nodes.find(({ name }) => name === "broker-a-0")).toMatchObject({ container: { state: "paused" } });
    await cluster.node("unpause", "broker-a-0");
    await ready(cluster);
  });

  it("kill stays down: the restart policy does not undo it", async ({ cluster }) => {
    expect(await cluster.nodeJson("kill", "namesrv-0")).toMatchObject({ after: "exited", exitCode: 137 });
    await until("the broker has noticed", async () => {
      const { registeredAt } = nodeOf(await cluster.status(), "broker-a-0");
      return registeredAt?.map(({ namesrv }) => namesrv).join() === "namesrv-1";
    });
    expect(nodeOf(await cluster.status(), "namesrv-0").container.state).toBe("exited");
  });

  it("up brings back what is missing, and only that", async ({ cluster }) => {
    const { result } = await cluster.up();
    expect(result).toMatchObject({ change: "started", started: ["namesrv-0"], created: [], recreated: [] });
  });

  it("refuses what makes no sense, and says what there is", async ({ cluster }) => {
    const at = ["--cluster", cluster.name];
    const started = await failureOf(["node", "start", "broker-a-0", ...at]);
    expect(started).toMatchObject({ exitCode: 3, code: "NODE_STATE" });
    const unknown = await failureOf(["node", "stop", "broker-z-0", ...at]);
    expect(unknown).toMatchObject({ exitCode: 3, code: "TARGET_NOT_FOUND" });
    expect(unknown.hint).toContain("broker-a-0");
    const nobody = await failureOf(["node", "stop", "broker-a:slave", ...at]);
    expect(nobody).toMatchObject({ exitCode: 3, code: "TARGET_NOT_FOUND" });
    const grammar = await failureOf(["node", "stop", "broker-a:boss", ...at]);
    expect(grammar).toMatchObject({ exitCode: 3, code: "TARGET_INVALID" });
    expect(grammar.hint).toContain("GROUP:ROLE");
  });

  it("status shows the heap that follows from the memory limit", async ({ cluster }) => {
    const { memory } = nodeOf(await cluster.status(), "broker-a-0");
    expect(memory.limitBytes).toBe(1024 * 1024 * 1024);
    expect(memory.heapBytes).toBeGreaterThan(0);
    expect(memory.heapBytes).toBeLessThan(memory.limitBytes * 0.75);
  });
});
