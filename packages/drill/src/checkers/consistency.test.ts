import { expect, test } from "vitest";
import type { StoredRecord } from "../history/record.ts";
import { judge } from "../judge/judge.ts";
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
