import { describe, expect, test } from "vitest";
import { QueuePosition } from "./queue-position.ts";

const message = (queueOffset: number) => ({
  topic: "t",
  queueId: 0,
  queueOffset,
  commitLogOffset: 0,
  offsetMessageId: "",
  uniqueKey: undefined,
  flag: 0,
  sysFlag: 0,
  properties: {},
  body: Buffer.alloc(1),
  bornTimestamp: 0,
  bornHost: "",
  storeTimestamp: 0,
  storeHost: "",
  reconsumeTimes: 0,
  preparedTransactionOffset: 0,
  storeSize: 0,
});
const found = (...offsets: number[]) =>
  ({ status: "found", messages: offsets.map(message), nextOffset: 0 }) as const;
const illegal = (nextOffset: number) => ({ status: "offset-illegal", messages: [], nextOffset }) as const;

describe("the consumer's position in a queue", () => {
  test("moves over what came", () => {
    const position = new QueuePosition();
    position.move(found(0, 1, 2), true, 0);
    expect(position.next).toBe(3);
  });

  test("does not move on a replica's word that there is nothing, whatever it suggests", () => {
    const position = new QueuePosition();
    position.move(found(0, 1, 2), true, 0);
    position.move({ status: "no-matched-message", messages: [], nextOffset: 50 }, false, 1);
    position.move({ status: "no-new-message", messages: [], nextOffset: 1 }, true, 2);
    position.move(illegal(1), false, 3);
    position.move(illegal(1), false, 60_000);
    expect(position.next).toBe(3);
  });

  test("takes a master's word only when it insists: it may still be building its queue", () => {
    const position = new QueuePosition();
    position.move(found(0, 1, 2), true, 0);
    position.move(illegal(1), true, 1000);
    position.move({ status: "no-new-message", messages: [], nextOffset: 3 }, true, 2000);
    position.move(illegal(1), true, 3000);
    position.move(illegal(1), true, 5900);
    expect(position.next).toBe(3);
    position.move(illegal(1), true, 6100);
    expect(position.next).toBe(1);
  });
});
