import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dledgerLeaderKill } from "../synthetic/scenarios.ts";
import { isConsumeRecord, isReadBackRecord, isSendRecord } from "./fast-guards.ts";
import { clientKinds, consumeRecord, outcomes, sendRecord } from "./operations.ts";
import { parseLine } from "./parse-line.ts";
import { readBackRecord } from "./read-back-records.ts";

/** A value that is mostly right, and wrong in one place now and then. */
const odd = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.constant(-1),
  fc.constant(0.5),
  fc.constant(2 ** 53),
  fc.constant(""),
  fc.constant("x".repeat(401)),
  fc.constant([]),
  fc.constant([[0, -1]]),
  fc.constant([[0, -2, 0]]),
  fc.constant([[0, 1, 2]]),
);
const mostly = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 30, arbitrary: good }, { weight: 1, arbitrary: odd });
const count = mostly(fc.nat());
const text = mostly(fc.string({ minLength: 1, maxLength: 20 }));
const operation = {
  client: mostly(fc.constantFrom(...clientKinds)),
  scheduled: count,
  sent: count,
  done: count,
  group: text,
  broker: fc.option(text, { nil: undefined }),
  topic: text,
  queue: count,
  outcome: mostly(fc.constantFrom(...outcomes)),
  code: fc.option(mostly(fc.integer()), { nil: undefined }),
  error: fc.option(text, { nil: undefined }),
};
const send = fc.record({
  type: fc.constant("send"),
  sequence: count,
  ...operation,
  key: fc.option(text, { nil: undefined }),
  messageId: fc.option(text, { nil: undefined }),
  offset: fc.option(count, { nil: undefined }),
});
const consume = fc.record({
  type: fc.constant("consume"),
  ...operation,
  consumerGroup: text,
  messages: mostly(fc.array(fc.tuple(fc.nat(), fc.nat()))),
});
const readBack = fc.record({
  type: fc.constant("read-back"),
  at: count,
  group: text,
  node: text,
  authoritative: mostly(fc.boolean()),
  topic: text,
  queue: count,
  messages: mostly(fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()))),
});

describe("fast guards accept exactly what their schemas accept", () => {
  test("send", () => {
    fc.assert(fc.property(send, (value) => isSendRecord(value) === sendRecord.safeParse(value).success));
  });
  test("consume", () => {
    fc.assert(
      fc.property(consume, (value) => isConsumeRecord(value) === consumeRecord.safeParse(value).success),
    );
  });
  test("read-back", () => {
    fc.assert(
      fc.property(readBack, (value) => isReadBackRecord(value) === readBackRecord.safeParse(value).success),
    );
  });
});

test("every record of a run survives being written and read", () => {
  const written = dledgerLeaderKill({ rate: 5 });
  expect(written.map((record) => parseLine(JSON.stringify(record), "h:1"))).toEqual(written);
});

test("what is not a record is refused with its place and its reason", () => {
  expect(() => parseLine("{", "history.ndjson:3")).toThrow(/history\.ndjson:3 is not JSON/);
  expect(() => parseLine('{"type":"phase","at":-1,"name":"x"}', "h:1")).toThrow(/at/);
  expect(() => parseLine('{"type":"send"}', "h:1")).toThrow(
    expect.objectContaining({ code: "HISTORY_CORRUPT" }),
  );
  expect(() => parseLine('{"type":"header","version":9}', "h:1")).toThrow(
    expect.objectContaining({ code: "HISTORY_VERSION" }),
  );
});
