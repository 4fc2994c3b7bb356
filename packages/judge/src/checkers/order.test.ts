import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import { judge } from "../judgement/judge.ts";
import { consume, history, range, readBack, send } from "../synthetic/build.ts";

async function order(records: readonly StoredRecord[]) {
  return (await judge([records])).result.order;
}

describe("order", () => {
  test("acknowledged before the other was sent, stored behind it", async () => {
    const found = await order(history([send(0), send(1)], readBack([1, 0])));
    expect(found.stored).toBe(1);
    expect(found.telling[0]).toMatchObject({ where: "stored", earlier: 0, later: 1 });
  });

  test("messages that were under way together have no order", async () => {
    const sends = [send(0, { done: 5000 }), send(1, { done: 5000 })];
    expect((await order(history(sends, readBack([1, 0])))).stored).toBe(0);
  });

  test("acknowledged in the very microsecond in which the other was sent counts as before", async () => {
    const sends = [send(0, { done: 1000 }), send(1, { sent: 1000 })];
    expect((await order(history(sends, readBack([1, 0])))).stored).toBe(1);
  });

  test("what is in doubt has promised no place", async () => {
    const sends = [send(0, { outcome: "in-doubt" }), send(1)];
    expect((await order(history(sends, readBack([1, 0])))).stored).toBe(0);
  });

  test("delivered out of order, by queue and by key", async () => {
    const sends = [send(0, { key: "k" }), send(1, { key: "k" })];
    const found = await order(history(sends, [consume(5000, [1]), consume(6000, [0])], readBack([0, 1])));
    expect(found).toMatchObject({ stored: 0, delivered: 1, deliveredByKey: 1 });
  });

  test("a key that moved to another queue is still held to its order", async () => {
    const sends = [send(0, { key: "k" }), send(1, { key: "k", queue: 1 })];
    const deliveries = [consume(5000, [1], { queue: 1 }), consume(6000, [0])];
    const found = await order(history(sends, deliveries, readBack([0]), readBack([1], { queue: 1 })));
    expect(found).toMatchObject({ delivered: 0, deliveredByKey: 1 });
  });

  test("a repeated delivery is a duplicate, not disorder", async () => {
    const deliveries = [consume(5000, [0, 1, 2]), consume(6000, [0, 1, 2])];
    const found = await order(
      history(
        range(3).map((s) => send(s)),
        deliveries,
        readBack([0, 1, 2]),
      ),
    );
    expect(found.delivered).toBe(0);
  });
});

test("any order that could have been assigned while sends overlap is accepted; one swapped pair is found", async () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 4, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(
      lengths,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      async (latencies, dice) => {
        const sends = latencies.map((latency, sequence) =>
          send(sequence, { done: sequence * 1000 + latency }),
        );
        // Each message takes its place at some moment between being sent and being acknowledged.
        const placed = sends
          .map((one) => ({
            sequence: one.sequence,
            at: one.sent + (one.done - one.sent) * (dice.next().value ?? 0),
          }))
          .sort((a, b) => a.at - b.at)
          .map(({ sequence }) => sequence);
        expect((await order(history(sends, readBack(placed)))).stored).toBe(0);
        const last = sends.length - 1;
        // The first message is acknowledged at 4 ms at the latest; the last is sent later if there are enough of them.
        if ((sends[0]?.done ?? 0) <= last * 1000) {
          const swapped = placed.filter((sequence) => sequence !== 0);
          expect((await order(history(sends, readBack([...swapped, 0])))).stored).toBeGreaterThan(0);
        }
      },
    ),
    { numRuns: 60 },
  );
});
