import { describe, expect, test } from "vitest";
import * as remoting from "../index.ts";
import { startCommandServer } from "../testing/command-server.ts";
import { failureOf } from "../testing/failure.ts";
import { encodeStored } from "../testing/stored-bytes.ts";

const popped = {
  flag: 0,
  commitLogOffset: 0,
  sysFlag: 0,
  bornTimestamp: 0,
  storeTimestamp: 0,
  port: 10_911,
  body: Buffer.from("x"),
};
const query = { topic: "T", consumerGroup: "G", brokerName: "broker-a", invisibleMs: 6000 };
const header = { popTime: "1000", invisibleTime: "6000", reviveQid: "3", restNum: "0" };

function answering(
  message: { topic: string; queueId: number; queueOffset: number; ck?: string },
  info: string,
) {
  const { ck, ...rest } = message;
  const body = encodeStored({ ...popped, ...rest, properties: ck === undefined ? {} : { POP_CK: ck } });
  return startCommandServer(() => ({ code: 0, fields: { ...header, startOffsetInfo: info }, body }));
}

describe("a pop", () => {
  test("gives each message the receipt that the Java client would make", async () => {
    await using server = await answering({ topic: "T", queueId: 2, queueOffset: 17 }, "0 1 40;0 2 15");
    await using client = remoting.createRemotingClient();
    const result = await remoting.pop(client, server.address, query);
    expect(result).toMatchObject({ status: "found", popTime: 1000, invisibleMs: 6000 });
    expect(result.messages).toMatchObject([
      {
        isRetry: false,
        receipt: { topic: "T", queueId: 2, queueOffset: 17, text: "15 1000 6000 3 0 broker-a 2 17" },
      },
    ]);
  });

  test("of a retry topic takes the receipt that the broker has put into the message", async () => {
    const ck = "4 1000 6000 3 1 broker-a 0 5";
    await using server = await answering({ topic: "T", queueId: 0, queueOffset: 5, ck }, "1 0 4");
    await using client = remoting.createRemotingClient();
    const { messages } = await remoting.pop(client, server.address, query);
    expect(messages).toMatchObject([
      { isRetry: true, receipt: { topic: "%RETRY%G_T", queueId: 0, queueOffset: 5, text: ck } },
    ]);
  });

  test.each([
    [19, "nothing"],
    [210, "nothing"],
    [209, "full"],
  ])("answered with code %i found %s", async (code, status) => {
    await using server = await startCommandServer(() => ({ code }));
    await using client = remoting.createRemotingClient();
    expect(await remoting.pop(client, server.address, query)).toMatchObject({ status, messages: [] });
  });

  test.each(["", "0 7 1", "what"])(
    "whose header does not place its messages (%j) is refused",
    async (info) => {
      await using server = await answering({ topic: "T", queueId: 2, queueOffset: 17 }, info);
      await using client = remoting.createRemotingClient();
      const error = await failureOf(remoting.pop(client, server.address, query));
      expect(error).toMatchObject({ code: "RESPONSE_INVALID" });
    },
  );
});

test("a delivery that is hidden for another time has a new receipt, from its own offset on", async () => {
  await using server = await startCommandServer(({ fields }) => {
    expect(fields).toMatchObject({
      extraInfo: "15 1000 6000 3 1 broker-a 2 17",
      offset: "17",
      invisibleTime: "9000",
    });
    return { code: 0, fields: { popTime: "1500", invisibleTime: "9000", reviveQid: "4" } };
  });
  await using client = remoting.createRemotingClient();
  const receipt = {
    topic: "T",
    consumerGroup: "G",
    queueId: 2,
    queueOffset: 17,
    text: "15 1000 6000 3 1 broker-a 2 17",
  };
  const held = await remoting.changeInvisibleTime(client, server.address, receipt, 9000);
  expect(held).toEqual({
    popTime: 1500,
    invisibleMs: 9000,
    receipt: { ...receipt, text: "17 1500 9000 4 1 broker-a 2 17" },
  });
});
