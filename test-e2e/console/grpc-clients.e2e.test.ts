/**
 * @module-tag quick
 * Clients behind proxies: brokers know nothing of them, and the console is asked about them most.
 */
import { join } from "node:path";
import { ConsoleClient } from "@hotfire/console/client";
import { createTopic, propertyNames, send } from "@hotfire/remoting";
import { describe, expect } from "vitest";
import { sharedClusterTest } from "../support/cluster-test.ts";
import { hotfire } from "../support/hotfire.ts";
import { projectRoot } from "../support/names.ts";
import { start, succeeded } from "../support/run.ts";
import { createGroupEverywhere, createTopicEverywhere, masters } from "../support/topics.ts";
import { until } from "../support/until.ts";

const it = sharedClusterTest("dledger");
const topic = "GrpcOrders";
const group = "grpc-billing";
const node = join(projectRoot, "node_modules/node/bin/node");
const program = join(projectRoot, "test-e2e/clients/node/consume.ts");

describe("a gRPC consumer", () => {
  it("is seen through its proxy, and gets a dead letter that is sent again", async ({ cluster }) => {
    const { remoting } = cluster;
    const namesrvs = await cluster.namesrvs();
    const { client } = await cluster.status();
    await createTopicEverywhere(remoting, namesrvs, topic);
    await createGroupEverywhere(remoting, namesrvs[0] ?? "", group);
    const [broker = ""] = (await masters(remoting, namesrvs[0] ?? "")).values();
    const consumer = start(node, [program, client.proxy ?? "", topic, group], {
      openInput: true,
      deadlineMs: 240_000,
    });
    try {
      await until("it reads", async () => consumer.output().includes("ready"));
      const url = succeeded(await hotfire(["console", cluster.name])).stdout.trim();
      await using asking = new ConsoleClient(url, { deadlineMs: 15_000 });
      const seen = await until("the console sees it", async () => {
        const { connections } = await asking.ask("consumer", { params: { name: group } });
        return connections.length > 0 ? connections : undefined;
      });
      expect(seen.map(({ via }) => via === null)).toEqual([false]);

      // As a broker leaves a letter that a group has given up on (AbstractSendMessageProcessor).
      const letters = `%DLQ%${group}`;
      await createTopic(remoting, broker, { topic: letters, readQueueNums: 1, writeQueueNums: 1 });
      const messageId = "7F0000010001000000000000000000AB";
      await send(remoting, broker, {
        topic: letters,
        queueId: 0,
        body: Buffer.from("given up"),
        properties: {
          [propertyNames.uniqueKey]: messageId,
          KEYS: "letter-1",
          DLQ_ORIGIN_TOPIC: topic,
          RETRY_TOPIC: topic,
        },
      });
      const { results } = await until("the letter is in the index", async () => {
        const answer = await asking.ask("dlqResend", {
          params: { name: group },
          body: { messageIds: [messageId], confirm: group },
        });
        return answer.results[0]?.ok === true ? answer : undefined;
      });
      expect(results).toMatchObject([{ ok: true, topic: `%RETRY%${group}_${topic}` }]);
      const got = until("the consumer gets it", async () => consumer.output().includes("got letter-1"), {
        deadlineMs: 60_000,
      });
      const ended = consumer.finished.then(({ stdout, stderr }) => {
        throw new Error(`The consumer ended before it got the letter.\n${stdout}\n${stderr}`);
      });
      await Promise.race([got, ended]);
    } finally {
      consumer.endInput();
      await consumer.finished;
    }
  });
});
