import { expect, test } from "vitest";
import * as remoting from "../index.ts";
import { decompressBody } from "../message/compression.ts";
import { encodeFrame, type RemotingFrame } from "../protocol/frame.ts";
import { startCommandServer } from "../testing/command-server.ts";

const half = {
  topic: "T",
  producerGroup: "PG",
  uniqueKey: "K-7",
  commitLogOffset: 4711,
  queueOffset: 12,
};

test("a broker that knows the producer asks about a transaction one way, and is told over the same address", async () => {
  const heard: RemotingFrame[] = [];
  await using server = await startCommandServer((request, socket) => {
    heard.push(request);
    if (request.code === remoting.requestCodes.HEART_BEAT) {
      // As AbstractTransactionalMessageCheckListener.sendCheckMessage does.
      const fields = {
        topic: "T",
        msgId: "K-7",
        transactionId: "K-7",
        offsetMsgId: "7F0000010000597F0000000000001267",
        commitLogOffset: 4711,
        tranStateTableOffset: 12,
      };
      const code = remoting.requestCodes.CHECK_TRANSACTION_STATE;
      socket.write(encodeFrame({ code, opaque: 99, kind: "one-way", fields }));
    }
    return { code: 0 };
  });
  const asked = Promise.withResolvers<{ address: string; frame: RemotingFrame }>();
  await using client = remoting.createRemotingClient({
    onOneWay: (address, frame) => asked.resolve({ address, frame }),
  });
  await remoting.producerHeartbeat(client, server.address, { clientId: "c@1", producerGroup: "PG" });
  const { address, frame } = await asked.promise;
  expect(address).toBe(server.address);
  expect(remoting.checkedTransaction(frame)).toEqual({
    uniqueKey: "K-7",
    commitLogOffset: 4711,
    queueOffset: 12,
  });
  await remoting.endTransaction(client, address, half, "rollback", { fromCheck: true });
  expect(JSON.parse(heard[0]?.body.toString() ?? "")).toMatchObject({
    clientID: "c@1",
    producerDataSet: [{ groupName: "PG" }],
  });
  expect(heard[1]?.code).toBe(remoting.requestCodes.END_TRANSACTION);
  expect(heard[1]?.fields).toEqual({
    topic: "T",
    producerGroup: "PG",
    tranStateTableOffset: "12",
    commitLogOffset: "4711",
    commitOrRollback: "12",
    fromTransactionCheck: "true",
    msgId: "K-7",
    transactionId: "K-7",
  });
});

test("another request is no question about a transaction", async () => {
  const bytes = encodeFrame({
    code: remoting.requestCodes.NOTIFY_CONSUMER_IDS_CHANGED,
    opaque: 1,
    kind: "one-way",
  });
  expect(remoting.checkedTransaction(remoting.decodeFrame(bytes.subarray(4)))).toBeUndefined();
});

test("what is sent as compressed is read back as it was", async () => {
  const body = Buffer.alloc(100_000, "order 7. ");
  const wire = remoting.compressBody(body);
  expect(wire.length).toBeLessThan(2000);
  let sysFlag = "";
  let stored = Buffer.alloc(0);
  await using server = await startCommandServer((request) => {
    sysFlag = request.fields["f"] ?? "";
    stored = Buffer.from(request.body);
    return { code: 0, fields: { msgId: "7F0000010000597F0000000000000000", queueId: "0", queueOffset: "0" } };
  });
  await using client = remoting.createRemotingClient();
  const message = { topic: "T", queueId: 0, body: wire, sysFlag: remoting.sysFlags.compressedWithZlib };
  await remoting.send(client, server.address, message);
  // COMPRESSED_FLAG and COMPRESSION_ZLIB_TYPE of MessageSysFlag.java.
  expect(sysFlag).toBe("769");
  expect(decompressBody(stored, Number(sysFlag), body.length).equals(body)).toBe(true);
});
