import { expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import { judge } from "../judgement/judge.ts";
import { consume, history, range, readBack, send } from "../synthetic/build.ts";

const sends = range(2000).map((sequence) => send(sequence));

function run(first: StoredRecord): StoredRecord[] {
  const reads = consume(2_000_000, range(1998, 1));
  return history([first, ...sends, reads], readBack(range(2000)));
}

test("what was delivered before it was sent is not believed", async () => {
  // Number 1999 is sent at 1.999 s.
  const early = await judge([run(consume(500_000, [0, 1999]))]);
  expect(early.result.verdict).not.toBe("pass");
  expect(early.result.reasons.join()).toContain("message 1999 was delivered before it was sent");
  const inTime = await judge([run(consume(1_999_600, [0, 1999]))]);
  expect(inTime.result.reasons.join()).not.toContain("before it was sent");
});

test("an official client hears later that the load is over, until it says that it has stopped", async () => {
  const stopped = 2_100_000;
  const told = (client: "hotfire" | "java") =>
    run(consume(1_999_600, [0])).map((record): StoredRecord => {
      if (record.type === "header") return { ...record, workload: { ...record.workload, producer: client } };
      if (record.type === "phase" && record.name === "drain") return { ...record, at: 1_000_000 };
      if (record.type === "sending-stopped") return { ...record, client, at: stopped };
      return record.type === "send" ? { ...record, client } : record;
    });
  const late = "messages were due after the load had ended";
  expect((await judge([told("hotfire")])).result.reasons.join()).toContain(late);
  expect((await judge([told("java")])).result.reasons.join()).not.toContain(late);
});

test("our own client knows which broker acknowledged", async () => {
  const told = run(consume(1_999_600, [0])).map((record): StoredRecord => {
    if (record.type !== "send") return record;
    const { broker: _, ...rest } = record;
    return rest;
  });
  expect((await judge([told])).result.reasons.join()).toContain("a broker acknowledged that is not told");
});
