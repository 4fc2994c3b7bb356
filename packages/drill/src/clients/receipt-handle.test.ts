import { expect, it } from "vitest";
import { parseReceiptHandle } from "./receipt-handle.ts";

it("tells group and queue of a message that came through a proxy", () => {
  const handle = "120 1764000000000 15000 3 0 broker-a 2 123 456789";
  expect(parseReceiptHandle(handle)).toEqual({ group: "broker-a", queue: 2 });
});

it.each(["", "a b c", "120 1764 15000 3 0 broker-a x 123", "120 1764 15000 3 0 broker-a -1 123"])(
  "refuses %j",
  (handle) => {
    expect(() => parseReceiptHandle(handle)).toThrow("unknown form");
  },
);
