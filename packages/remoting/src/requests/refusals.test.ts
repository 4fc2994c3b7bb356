import { describe, expect, test } from "vitest";
import * as remoting from "../index.ts";
import { startCommandServer } from "../testing/command-server.ts";
import { failureOf } from "../testing/failure.ts";

const message = { topic: "T", queueId: 0, body: Buffer.from("x") };
const sent = { msgId: "7F0000010000597F0000000000000000", queueId: "0", queueOffset: "0" };

describe("a send", () => {
  test.each([
    [0, "stored"],
    [10, "flush-disk-timeout"],
    [11, "slave-not-available"],
    [12, "flush-slave-timeout"],
  ])("answered with code %i is %s", async (code, status) => {
    await using server = await startCommandServer(() => ({ code, fields: sent }));
    await using client = remoting.createRemotingClient();
    expect((await remoting.send(client, server.address, message)).status).toBe(status);
  });

  test("answered with any other code is refused", async () => {
    await using server = await startCommandServer(() => ({
      code: 2,
      remark: "[TIMEOUT_CLEAN_QUEUE]broker busy",
    }));
    await using client = remoting.createRemotingClient();
    const error = await failureOf(remoting.send(client, server.address, message));
    expect(error).toMatchObject({
      code: "RESPONSE_REFUSED",
      response: { name: "SYSTEM_BUSY" },
      requestSent: true,
    });
  });

  test("that RocketMQ could not store is not sent at all", async () => {
    await using client = remoting.createRemotingClient();
    const empty = { ...message, body: Buffer.alloc(0) };
    const long = { ...message, properties: { a: "ü".repeat(20_000) } };
    for (const bad of [empty, long]) {
      const error = await failureOf(remoting.send(client, "127.0.0.1:1", bad));
      expect(error).toMatchObject({ code: "ARGUMENT_INVALID", requestSent: false });
    }
  });
});

describe("an answer of another shape is RESPONSE_INVALID, and says where", () => {
  test.each([
    ["no body", { code: 0 }, "body"],
    ["no JSON", { code: 0, body: Buffer.from("<html>") }, "JSON"],
    [
      "another field",
      { code: 0, body: Buffer.from('{"brokerAddrTable":{"a":{"cluster":1}}}') },
      "brokerAddrTable.a",
    ],
    ["a key that is no id", { code: 0, body: Buffer.from('{"brokerAddrTable":7}') }, "brokerAddrTable"],
  ])("%s", async (_, reply, where) => {
    await using server = await startCommandServer(() => reply);
    await using client = remoting.createRemotingClient();
    const error = await failureOf(remoting.clusterInfo(client, server.address));
    expect(error.code).toBe("RESPONSE_INVALID");
    expect(error.message).toContain(where);
  });

  test.each([{}, { offset: "" }, { offset: "1.5" }, { offset: "9223372036854775807" }])(
    "an offset that is no exact number: %j",
    async (fields) => {
      await using server = await startCommandServer(() => ({ code: 0, fields }));
      await using client = remoting.createRemotingClient();
      const error = await failureOf(remoting.maxOffset(client, server.address, message));
      expect(error.code).toBe("RESPONSE_INVALID");
    },
  );

  test("messages that are none", async () => {
    const fields = { nextBeginOffset: "1", minOffset: "0", maxOffset: "1" };
    await using server = await startCommandServer(() => ({ code: 0, fields, body: Buffer.from("garbage") }));
    await using client = remoting.createRemotingClient();
    const error = await failureOf(remoting.pull(client, server.address, { ...message, offset: 0 }));
    expect(error.code).toBe("MESSAGE_INVALID");
  });
});

test("empty statistics are no statistics", async () => {
  const body = Buffer.from('{"consumeTps":0.0,"offsetTable":{}}');
  await using server = await startCommandServer(() => ({ code: 0, body }));
  await using client = remoting.createRemotingClient();
  expect(await remoting.consumeStats(client, server.address, { consumerGroup: "g" })).toEqual({
    consumeTps: 0,
    queues: [],
  });
});

test("the end of a DLedger peer's ledger is found by votes that are always refused", async () => {
  const end = { term: 3, index: 123_456 };
  const votes: number[] = [];
  await using server = await startCommandServer((request) => {
    const asked = JSON.parse(request.body.toString());
    const answer = (body: object) => ({
      code: 200,
      body: Buffer.from(JSON.stringify({ code: 200, ...body })),
    });
    if (request.code === remoting.dledgerRequestCodes.HEART_BEAT) return answer({ code: 403, term: 7 });
    votes.push(asked.term);
    if (asked.ledgerEndTerm < end.term) return answer({ term: 7, voteResult: "REJECT_EXPIRED_LEDGER_TERM" });
    const behind = asked.ledgerEndTerm === end.term && asked.ledgerEndIndex < end.index;
    return answer({
      term: 7,
      voteResult: behind ? "REJECT_SMALL_LEDGER_END_INDEX" : "REJECT_EXPIRED_VOTE_TERM",
    });
  });
  await using client = remoting.createRemotingClient();
  const peer = { group: "raft", selfId: "n0", otherId: "n1" };
  expect(await remoting.dledgerLedgerEnd(client, server.address, peer)).toEqual(end);
  expect(new Set(votes)).toEqual(new Set([-1]));
  expect(votes.length).toBeLessThan(50);
});
