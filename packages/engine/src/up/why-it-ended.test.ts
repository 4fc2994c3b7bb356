import { describe, expect, test } from "vitest";
import { whyItEnded } from "./why-it-ended.ts";

const stored =
  "2026-11-27T17:48:36.791Z WARN  RocketmqStore [main] /var/lib/rocketmq/consumequeue/orders/0/00000000000000000000\t6000000 length not matched message store config value, please check it manually";
const gaveUp = "java.lang.IllegalStateException: the broker did not initialize, see the log above";

describe("why a process ended", () => {
  test("is the file whose size does not fit, not that it did not initialize", () => {
    expect(whyItEnded([stored, "hotfire: broker started in 2.57 s, 3.29 s of CPU", gaveUp])).toBe(
      "what is stored has files of another size than the configuration says (/var/lib/rocketmq/consumequeue/orders/0/00000000000000000000: 6000000 bytes)",
    );
  });

  test("is what the launcher found in the configuration", () => {
    expect(
      whyItEnded(["hotfire: no memory limit, assumed 2048m", "hotfire: brokerId is 'x', not a number"]),
    ).toBe("brokerId is 'x', not a number");
  });

  test("is the innermost cause of an exception", () => {
    expect(
      whyItEnded([
        "java.lang.RuntimeException: start failed",
        "Caused by: java.net.BindException: Address already in use",
        gaveUp,
      ]),
    ).toBe("Address already in use (BindException)");
    expect(whyItEnded(["java.lang.NullPointerException"])).toBe("NullPointerException");
  });

  test("is the last error in the log where nothing was thrown", () => {
    const line = (level: string, text: string) =>
      `2026-11-27T17:48:36.791Z ${level} RocketmqBroker [main] ${text}`;
    expect(whyItEnded([line("ERROR", "one"), line("WARN ", "two"), gaveUp])).toBe("one");
    expect(whyItEnded([line("INFO ", "all is well")])).toBeUndefined();
    expect(whyItEnded([])).toBeUndefined();
  });
});
