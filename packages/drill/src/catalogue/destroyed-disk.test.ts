import { judge } from "@hotfire/judge";
import type { StoredRecord } from "@hotfire/judge/history";
import { consume, fault, history, range, readBack, send } from "@hotfire/judge/synthetic";
import { describe, expect, test } from "vitest";
import { diskDestroyedSync } from "./drills/disk-destroyed-sync.ts";

/**
 * 6,000 sends, one a millisecond: the disk goes between 1.7 and 2 s, and is back at 3 s. `vanished` are delivered, in doubt, and gone;
 * `undelivered` are acknowledged, and no consumer gets them.
 */
function run(
  vanished: readonly number[],
  undelivered: readonly number[],
  group = "broker-a",
): StoredRecord[] {
  const inDoubt = new Set(vanished);
  const skipped = new Set(undelivered);
  const kept = range(6000).filter((one) => !inDoubt.has(one));
  const offsets = new Map(kept.map((sequence, offset) => [sequence, offset]));
  const sends = range(6000).map((sequence) => {
    const offset = offsets.get(sequence);
    return offset === undefined
      ? send(sequence, { outcome: "in-doubt", error: "FLUSH_SLAVE_TIMEOUT" })
      : send(sequence, { offset });
  });
  const reads = range(60).map((batch) => {
    const at = (batch + 1) * 100_000;
    const given = range(100, batch * 100).filter((one) => !skipped.has(one));
    const messages = given.map((one): [number, number] => [offsets.get(one) ?? 6000 + one, one]);
    return consume(at, [], { done: at + 500, messages });
  });
  const stored = readBack(kept);
  const disk = fault(1_700_500, 3_000_500, {
    end: 2_000_500,
    ...(group === "broker-a" ? {} : { nodes: ["namesrv-0"], groups: [] }),
  });
  return history(
    disk,
    [...sends, ...reads].toSorted((a, b) => a.done - b.done),
    stored,
  );
}

async function judged(records: readonly StoredRecord[]) {
  const rules = (diskDestroyedSync.expect["master-slave-sync"]?.rules ?? []).filter(
    ({ check }) => check === "vanished" || check === "undelivered",
  );
  const expectation = { claim: "some are gone", source: "test", rules };
  return (await judge([records], { expectation })).result;
}

const gone = range(290, 1705);
const before = range(300, 1300);
const after = range(20, 3200);

describe("what a destroyed disk may take with it", () => {
  test("is told with its reason, and no violation", async () => {
    const { verdict, reasons, sentence, accounting } = await judged(run(gone, after.slice(0, 5)));
    expect(reasons).toEqual([]);
    expect(verdict).toBe("pass");
    expect(accounting.undelivered).toBe(5);
    expect(sentence).toContain("5 were never delivered");
    expect(sentence).toContain("That is claimed: RocketMQ delivers what only the master has");
  });

  test.each<[string, StoredRecord[], RegExp]>([
    ["what was sent before the fault", run(before, []), /not while the fault came into force/],
    [
      "what was sent after the disk was gone",
      run(range(10, 2500), []),
      /not while the fault came into force/,
    ],
    ["what was sent to a group that was not hit", run(gone, [], "broker-b"), /groups that were not hit/],
    ["more than is gone left undelivered", run([1800, 1801], after), /where those are 2/],
    ["undelivered before the fault", run(gone, [500]), /at another time/],
  ])("not %s", async (_, records, reason) => {
    const { verdict, reasons } = await judged(records);
    expect(verdict).toBe("fail");
    expect(reasons.join("; ")).toMatch(reason);
  });
});
