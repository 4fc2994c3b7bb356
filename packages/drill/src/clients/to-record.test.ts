import { consumeRecord, sendRecord } from "@hotfire/judge/history";
import { describe, expect, it } from "vitest";
import { type ConsumeLine, parseClientLine, type SendLine } from "./client-line.ts";
import { type RecordContext, toConsumeRecord, toSendRecord } from "./to-record.ts";

const java: RecordContext = {
  kind: "java",
  topic: "drill",
  consumerGroup: "drill-java",
  brokerOf: (address) => (address === "10.0.0.5:10911" ? "broker-a-0" : undefined),
};
const proxy: RecordContext = { ...java, kind: "node-proxy" };
const line: SendLine = {
  type: "send",
  sequence: 7,
  scheduled: 1000,
  sent: 1010,
  done: 2000,
  group: "broker-a",
  queue: 3,
  attempts: 1,
  address: "10.0.0.5:10911",
};
const outcomeOf = (part: Partial<SendLine>, context = java) =>
  toSendRecord({ ...line, ...part }, context).outcome;

describe("a send by the Java client", () => {
  it("is acknowledged by SEND_OK only", () => {
    expect(outcomeOf({ status: "SEND_OK" })).toBe("acknowledged");
    expect(outcomeOf({ status: "FLUSH_SLAVE_TIMEOUT" })).toBe("in-doubt");
  });

  it("failed when a broker refused its only attempt", () => {
    expect(outcomeOf({ code: 14, error: "service not available" })).toBe("failed");
    expect(outcomeOf({ code: 1, error: "unknown" })).toBe("in-doubt");
  });

  it("is in doubt when an attempt before the refused one had no answer", () => {
    expect(outcomeOf({ code: 14, attempts: 2 })).toBe("in-doubt");
  });

  it("failed when it was never handed to a connection, whatever the client says", () => {
    expect(outcomeOf({ attempts: 0, error: "connect to 10.0.0.5:10911 failed" })).toBe("failed");
  });

  it("is in doubt without an answer", () => {
    expect(outcomeOf({ error: "wait response timeout, cost=3000" })).toBe("in-doubt");
  });

  it("becomes a valid record with node, code and place", () => {
    const record = toSendRecord(
      { ...line, status: "FLUSH_SLAVE_TIMEOUT", offset: 12, messageId: "AC" },
      java,
    );
    expect(sendRecord.parse(record)).toEqual({
      type: "send",
      client: "java",
      sequence: 7,
      scheduled: 1000,
      sent: 1010,
      done: 2000,
      group: "broker-a",
      broker: "broker-a-0",
      topic: "drill",
      queue: 3,
      outcome: "in-doubt",
      code: 12,
      offset: 12,
      messageId: "AC",
    });
  });

  it("has neither an unknown node, an unknown place, nor an endless error", () => {
    const record = toSendRecord(
      { ...line, address: "10.9.9.9:1", offset: -1, error: "x".repeat(1000) },
      java,
    );
    expect(sendRecord.parse(record)).toEqual(record);
    expect(record).not.toHaveProperty("broker");
    expect(record).not.toHaveProperty("offset");
    expect(record.error).toHaveLength(400);
  });
});

it("tells an error on one line, without the client's advice", () => {
  const error =
    "unknown reason\nFor more information, please visit the url, https://rocketmq.apache.org/docs/bestPractice/06FAQ: connect to 10.0.0.5:10911 failed";
  expect(toSendRecord({ ...line, error }, java).error).toBe(
    "unknown reason: connect to 10.0.0.5:10911 failed",
  );
});

describe("a send through the proxy", () => {
  it("is acknowledged by OK only, and else in doubt", () => {
    expect(outcomeOf({ code: 20000 }, proxy)).toBe("acknowledged");
    expect(outcomeOf({ code: 50001 }, proxy)).toBe("in-doubt");
    expect(outcomeOf({ code: 14, error: "14 UNAVAILABLE" }, proxy)).toBe("in-doubt");
    expect(outcomeOf({ error: "no code" }, proxy)).toBe("in-doubt");
    expect(outcomeOf({ attempts: 0, error: "not sent: 4000 in flight" }, proxy)).toBe("failed");
  });
});

describe("a delivery", () => {
  it("becomes one record with every message", () => {
    const delivery: ConsumeLine = {
      type: "consume",
      at: 5000,
      group: "broker-a",
      queue: 1,
      messages: [
        [4, 40],
        [5, -1],
      ],
      address: "10.0.0.5:10911",
    };
    const record = toConsumeRecord(delivery, java);
    expect(consumeRecord.parse(record)).toMatchObject({
      client: "java",
      sent: 5000,
      done: 5000,
      outcome: "acknowledged",
      broker: "broker-a-0",
      consumerGroup: "drill-java",
      messages: delivery.messages,
    });
  });
});

describe("a line of a client program", () => {
  it("is read as what it is", () => {
    expect(parseClientLine(JSON.stringify({ ...line, status: "SEND_OK" }))).toEqual({
      ...line,
      status: "SEND_OK",
    });
    expect(parseClientLine('{"type":"sending-stopped","sent":3}')).toEqual({
      type: "sending-stopped",
      sent: 3,
    });
  });

  it.each(["", "Exception in thread main", "{", '{"type":"send"}', '{"type":"consume","at":-1}', "null"])(
    "is not %j",
    (text) => {
      expect(parseClientLine(text)).toBeUndefined();
    },
  );
});
