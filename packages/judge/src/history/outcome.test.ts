import { describe, expect, test } from "vitest";
import {
  consumeOutcome,
  proxySendOutcome,
  sendCodeRules,
  sendOutcome,
  sendStatusOutcome,
} from "./outcome.ts";

const answered = (code: number, remark?: string) => sendOutcome({ kind: "answered", code, remark });

describe("outcome of a send", () => {
  test("only code 0 is acknowledged", () => {
    expect(answered(0)).toBe("acknowledged");
    for (let code = -2000; code < 4000; code += 1) {
      if (code !== 0) expect(answered(code)).not.toBe("acknowledged");
    }
  });

  test("stored but not as promised is in doubt", () => {
    expect([10, 11, 12].map((code) => answered(code))).toEqual(["in-doubt", "in-doubt", "in-doubt"]);
  });

  test("refused before storing is failed", () => {
    expect([2, 13, 14, 16, 17, 29, 1500].map((code) => answered(code))).toEqual(new Array(7).fill("failed"));
  });

  test("a DLedger quorum time-out looks like a refusal and is in doubt", () => {
    expect(answered(1, "in-sync replicas not enough")).toBe("in-doubt");
    expect(answered(1, "UNKNOWN_ERROR")).toBe("in-doubt");
    expect(answered(1)).toBe("in-doubt");
  });

  test("a system error that surely stored nothing is failed", () => {
    expect(answered(1, "create mapped file failed, server is busy or broken.")).toBe("failed");
    expect(answered(1, "broker unable to service, until 2025-01-01")).toBe("failed");
  });

  test("silence is in doubt, not having sent is failed", () => {
    expect(sendOutcome({ kind: "timeout" })).toBe("in-doubt");
    expect(sendOutcome({ kind: "connection-lost" })).toBe("in-doubt");
    expect(sendOutcome({ kind: "not-sent" })).toBe("failed");
  });

  test("an unknown code is in doubt", () => {
    expect(answered(3999)).toBe("in-doubt");
  });

  test("each code has one rule", () => {
    expect(new Set(sendCodeRules.map(({ code }) => code)).size).toBe(sendCodeRules.length);
  });

  test("official clients: nothing but success is a success", () => {
    expect(sendStatusOutcome("SEND_OK")).toBe("acknowledged");
    expect(sendStatusOutcome("FLUSH_DISK_TIMEOUT")).toBe("in-doubt");
    expect(proxySendOutcome(20000)).toBe("acknowledged");
    expect(proxySendOutcome(50001)).toBe("in-doubt");
  });
});

test("a pull that finds nothing new was served", () => {
  expect(consumeOutcome({ kind: "answered", code: 19 })).toBe("acknowledged");
  expect(consumeOutcome({ kind: "answered", code: 1 })).toBe("failed");
  expect(consumeOutcome({ kind: "timeout" })).toBe("in-doubt");
});
