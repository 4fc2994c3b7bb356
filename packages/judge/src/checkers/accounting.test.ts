import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../history/operations.ts";
import type { StoredRecord } from "../history/record.ts";
import { judge } from "../judgement/judge.ts";
import { consume, history, range, readBack, send } from "../synthetic/build.ts";

async function account(records: readonly StoredRecord[]) {
  return (await judge([records])).result.accounting;
}

describe("accounting of messages", () => {
  test("acknowledged and not there is lost, and named", async () => {
    const sends = range(10).map((sequence) => send(sequence));
    const found = await account(history(sends, readBack([0, 1, 2, 4, 5, 6, 7, 8, 9])));
    expect(found.lost.count).toBe(1);
    expect(found.lost.telling[0]).toMatchObject({ sequence: 3, group: "broker-a", queue: 0, sent: 3000 });
  });

  test("in doubt may arrive or be gone; neither is lost", async () => {
    const sends = [send(0, { outcome: "in-doubt" }), send(1, { outcome: "in-doubt" }), send(2)];
    const found = await account(history(sends, readBack([0, 2])));
    expect(found).toMatchObject({ inDoubt: 2, inDoubtArrived: 1, inDoubtGone: 1, lost: { count: 0 } });
  });

  test("a refused message that arrived, and one that was never sent", async () => {
    const sends = [send(0, { outcome: "failed" }), send(1)];
    const found = await account(history(sends, readBack([0, 1, 77, -1])));
    expect(found.failedButArrived.telling.map(({ sequence }) => sequence)).toEqual([0]);
    expect(found.unexpected.count).toBe(2);
  });

  test("stored twice is a duplicate; delivered twice is a repeated delivery", async () => {
    const deliveries = [consume(5000, [0, 1]), consume(6000, [1])];
    const found = await account(history([send(0), send(1)], deliveries, readBack([0, 1, 0])));
    expect(found.duplicates.telling.map(({ sequence }) => sequence)).toEqual([0]);
    expect(found.redelivered).toBe(1);
  });

  test("two consumer groups each get a message once", async () => {
    const deliveries = [consume(5000, [0]), consume(6000, [0], { consumerGroup: "others" })];
    expect((await account(history([send(0)], deliveries, readBack([0])))).redelivered).toBe(0);
  });

  test("rows that a retrying reader reads twice are not duplicates", async () => {
    const [rows, done] = readBack([0, 1]);
    if (rows === undefined || done === undefined) throw new Error("no rows");
    expect((await account(history([send(0), send(1)], [rows, rows, done]))).duplicates.count).toBe(0);
  });

  test("a queue that was not read to its end proves no loss", async () => {
    const [rows] = readBack([0]);
    if (rows === undefined) throw new Error("no rows");
    const records = history([send(0), send(1)], [rows]);
    expect(await account(records)).toMatchObject({ lost: { count: 0 }, unverified: 1 });
    expect((await judge([records])).result.verdict).toBe("unknown");
  });

  test("a message on a slave only is lost for clients, and the telling says where it is", async () => {
    const slave = readBack([0, 1], { node: "broker-a-1", authoritative: false });
    const found = await account(history([send(0), send(1)], readBack([0]), slave));
    expect(found.lost.telling).toMatchObject([{ sequence: 1, onReplica: true }]);
  });

  test("the same message sent again keeps its best answer", async () => {
    const again = [send(0, { outcome: "in-doubt" }), send(0, { scheduled: 9000 })];
    expect(await account(history(again, readBack([0])))).toMatchObject({ acknowledged: 1, inDoubt: 0 });
  });

  test("an empty history is no history", async () => {
    await expect(judge([[]])).rejects.toMatchObject({ code: "HISTORY_CORRUPT" });
  });
});

const outcome = fc.constantFrom<Outcome>("acknowledged", "failed", "in-doubt");
const message = fc.record({
  outcome,
  copies: fc.constantFrom(0, 1, 1, 1, 2),
  deliveries: fc.constantFrom(0, 1, 1, 2),
  queue: fc.nat(2),
  latency: fc.nat(5_000_000),
});

test("known answers: whatever happened to the messages, it is counted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 60 }), fc.boolean(), async (messages, lateSends) => {
      const sends = messages.map(({ outcome, queue, latency }, sequence) =>
        send(sequence, { outcome, queue, done: sequence * 1000 + latency }),
      );
      const deliveries = messages.flatMap(({ deliveries, queue }, sequence) =>
        range(deliveries).map(() => consume(sequence * 1000 + 700, [sequence], { queue })),
      );
      const stored = range(3).flatMap((queue) => {
        const rows = messages.flatMap((one, sequence) =>
          one.queue === queue ? range(one.copies).map(() => sequence) : [],
        );
        return readBack(rows, { queue });
      });
      // A consumer may have a message before its producer has the answer: both orders of writing must count alike.
      const load = lateSends ? [deliveries, sends] : [sends, deliveries];
      const found = await account(history(...load, stored));
      const count = (test: (one: (typeof messages)[number]) => boolean) => messages.filter(test).length;
      const is = (wanted: Outcome) => (one: { outcome: Outcome }) => one.outcome === wanted;
      expect(found).toMatchObject({
        sent: messages.length,
        acknowledged: count(is("acknowledged")),
        failed: count(is("failed")),
        inDoubt: count(is("in-doubt")),
        inDoubtArrived: count((one) => one.outcome === "in-doubt" && one.copies > 0),
        inDoubtGone: count((one) => one.outcome === "in-doubt" && one.copies === 0),
        redelivered: count((one) => one.deliveries === 2),
        unverified: 0,
      });
      expect(found.lost.count).toBe(count((one) => one.outcome === "acknowledged" && one.copies === 0));
      expect(found.failedButArrived.count).toBe(count((one) => one.outcome === "failed" && one.copies > 0));
      expect(found.duplicates.count).toBe(count((one) => one.copies === 2));
    }),
    { numRuns: 60 },
  );
});

describe("what tells whose a message is", () => {
  const sends = range(2000).map((sequence) => send(sequence));
  const judged = async (records: readonly StoredRecord[]) => {
    const { verdict, checks } = (await judge([records])).result;
    return { verdict, of: (check: string) => checks.find((one) => one.check === check) };
  };

  test("bodies that are alike show no right body", async () => {
    const alike = history(sends, readBack(range(2000))).map(
      (record): StoredRecord =>
        record.type === "header"
          ? { ...record, workload: { ...record.workload, numberedBodies: false } }
          : record,
    );
    const { verdict, of } = await judged(alike);
    expect(verdict).toBe("unknown");
    expect(of("wrong-body")?.measured).toBe("0, but the bodies of 2,000 messages cannot be told apart");
  });

  test("answers without their offsets show no right place", async () => {
    const { verdict, of } = await judged(
      history(
        sends.map(({ offset: _, ...one }) => one),
        readBack(range(2000)),
      ),
    );
    expect(verdict).toBe("unknown");
    expect(of("misplaced")?.measured).toBe(
      "0, but the offset that was answered is not told of 2,000 messages",
    );
  });
});
