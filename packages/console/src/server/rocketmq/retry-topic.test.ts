import type { ConsumerConnections, StoredMessage } from "@hotfire/remoting";
import { describe, expect, test } from "vitest";
import { consumingOf, originOf, type RetryTopicFacts, retryTopicOf } from "./retry-topic.ts";

function letter(properties: Record<string, string>): StoredMessage {
  return {
    topic: "%DLQ%billing",
    queueId: 0,
    queueOffset: 0,
    commitLogOffset: 0,
    flag: 0,
    sysFlag: 0,
    storeSize: 0,
    bornTimestamp: 0,
    bornHost: "",
    storeTimestamp: 0,
    storeHost: "",
    reconsumeTimes: 0,
    preparedTransactionOffset: 0,
    body: Buffer.alloc(0),
    properties,
    offsetMessageId: "",
    uniqueKey: undefined,
  };
}

function clients(of: Partial<ConsumerConnections>): ConsumerConnections {
  const client = { clientId: "c", clientAddr: "1", language: "JAVA", version: 1 };
  return {
    connectionSet: [client],
    consumeType: "CONSUME_PASSIVELY",
    messageModel: "CLUSTERING",
    consumeFromWhere: undefined,
    subscriptionTable: [],
    ...of,
  };
}
const nobody = { connections: [], atBrokers: [], atProxies: [], unasked: [] };

const facts: RetryTopicFacts = {
  group: "billing",
  origin: "orders",
  message: letter({}),
  consuming: undefined,
  isOrderly: false,
  isV2: false,
  hasTopic: () => false,
};

describe("how a group consumes", () => {
  test("clients of a proxy consume by POP, whatever it calls them", () => {
    expect(consumingOf("billing", { ...nobody, atProxies: [clients({})] })).toBe("pop");
    expect(consumingOf("billing", { ...nobody, atBrokers: [clients({})], atProxies: [clients({})] })).toBe(
      "pull",
    );
    expect(consumingOf("billing", nobody)).toBeUndefined();
  });

  test.each([{ messageModel: "BROADCASTING" }, { consumeType: "CONSUME_ACTIVELY" }])(
    "with %j there is no retry topic to send to",
    (of) => {
      expect(() => consumingOf("billing", { ...nobody, atBrokers: [clients(of)] })).toThrow(
        /reads no retry topic/,
      );
    },
  );
});

describe("the topic that a dead letter is sent to", () => {
  test("is the one that the group reads", () => {
    expect(retryTopicOf({ ...facts, consuming: "pull" })).toBe("%RETRY%billing");
    expect(retryTopicOf({ ...facts, consuming: "pop" })).toBe("%RETRY%billing_orders");
    expect(retryTopicOf({ ...facts, consuming: "pop", isV2: true })).toBe("%RETRY%billing+orders");
  });

  test("is told by what the group left behind while no client is connected", () => {
    const popped = letter({ "1ST_POP_TIME": "1" });
    expect(retryTopicOf({ ...facts, message: popped })).toBe("%RETRY%billing_orders");
    expect(retryTopicOf({ ...facts, hasTopic: (name) => name === "%RETRY%billing" })).toBe("%RETRY%billing");
    expect(() => retryTopicOf(facts)).toThrow(/nothing tells which retry topic/);
  });

  test("is none for a group that pops in order", () => {
    expect(() => retryTopicOf({ ...facts, consuming: "pop", isOrderly: true })).toThrow(/in order/);
  });

  test("names the origin without the retry topics on the way", () => {
    expect(originOf("billing", letter({ DLQ_ORIGIN_TOPIC: "orders" }))).toBe("orders");
    expect(originOf("billing", letter({ RETRY_TOPIC: "%RETRY%billing_orders" }))).toBe("orders");
    expect(originOf("billing", letter({ RETRY_TOPIC: "%RETRY%billing+orders" }))).toBe("orders");
    expect(originOf("billing", letter({}))).toBeUndefined();
  });
});
