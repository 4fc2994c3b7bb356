import { describe, expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import type { BurstRecord } from "../history/run-records.ts";
import { judge } from "../judgement/judge.ts";
import { consume, fault, history, range, readBack, send } from "../synthetic/build.ts";

const burst: BurstRecord = {
  type: "burst",
  group: "broker-a",
  concurrency: 8,
  begin: 5_000_000,
  end: 6_000_000,
  acknowledged: 4000,
  failed: 0,
};

test("a group that takes a burst faster than another one takes no share of the even load", async () => {
  const even = range(10_000).filter((at) => at < 5000 || at >= 6000);
  const sends = [
    ...even.map((at, sequence) =>
      send(sequence, { scheduled: at * 1000, group: at % 2 === 0 ? "broker-a" : "broker-b" }),
    ),
    ...range(4000, even.length).map((sequence, n) => send(sequence, { scheduled: 5_000_000 + n * 250 })),
  ];
  const records = history(fault(7_000_000, 8_000_000), sends, readBack(range(sends.length)), [burst]);
  const { result } = await judge([records], {});
  expect(
    result.checks.find(({ text }) => text.startsWith("Every group had load"))?.measured ?? "shown",
  ).not.toContain("got");
  expect(result.reasons.join("; ")).not.toMatch(/broker-b got/);
});

describe("a load that was not there", () => {
  const sends = range(6000).map((sequence) => send(sequence));
  const measured = async (check: string, records: readonly StoredRecord[]) =>
    (await judge([records])).result.checks.find((one) => one.check === check)?.measured;

  test("nothing sent is no schedule", async () => {
    expect(await measured("scheduled", history([]))).toBe("nothing was sent");
  });

  test("who was to read has read", async () => {
    const unread = history(sends, readBack(range(6000))).map(
      (record): StoredRecord =>
        record.type === "header"
          ? { ...record, workload: { ...record.workload, consumerGroups: ["readers"] } }
          : record,
    );
    expect(await measured("everywhere", unread)).toBe("nothing was read");
  });

  test("every group of the header is written to", async () => {
    const more = history(sends, readBack(range(6000))).map((record): StoredRecord => {
      if (record.type !== "header") return record;
      const groups = [...record.cluster.groups, { name: "broker-b", brokers: ["broker-b-0"] }];
      return { ...record, cluster: { ...record.cluster, groups } };
    });
    expect(await measured("everywhere", more)).toContain("there was no write to broker-b");
  });

  test("a group is read from before the fault, too", async () => {
    const late = consume(5_700_000, range(5700));
    const records = history(
      fault(5_000_000, 5_500_000),
      sends,
      [late, consume(5_800_000, range(100, 5700))],
      readBack(range(6000)),
    );
    expect(await measured("everywhere", records)).toContain(
      "no read of broker-a was due before the first fault",
    );
  });

  test.each([
    ["while it is in force", 2_000_000, 4_500_000, "no write to broker-a was due while delay was in force"],
    ["after it is healed", 4_000_000, 6_000_000, "no write to broker-a was due after delay was healed"],
  ])("a group is written to %s", async (_, from, to, problem) => {
    const some = sends.filter(({ scheduled }) => scheduled < from || scheduled > to);
    const numbered = some.map((one, sequence) => ({ ...one, sequence }));
    const records = history(fault(2_000_000, 4_000_000), numbered, readBack(range(numbered.length)));
    const ended = records.map(
      (record): StoredRecord =>
        record.type === "phase" && record.name === "drain" ? { ...record, at: 6_000_000 } : record,
    );
    expect(await measured("everywhere", ended)).toContain(problem);
  });
});
