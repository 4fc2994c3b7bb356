import { describe, expect, it } from "vitest";
import { logEvents } from "./events.ts";
import { complaintsIn } from "./judge.ts";

const at = (ms: number) => new Date(1_700_000_000_000 + ms).toISOString();
const line = (ms: number, level: string, text: string) =>
  `${at(ms)} ${level.padEnd(5)} RocketmqBroker [T_1] ${text}`;
const judged = (lines: readonly string[], expected = [] as { line: RegExp; why: string }[]) =>
  complaintsIn(logEvents(`${lines.join("\n")}\n`), expected);

describe("what a log says that has to be looked into", () => {
  it("is nothing where a broker tells of its day", () => {
    expect(
      judged(["hotfire: memory limit 1024m", line(0, "INFO", "role is SLAVE"), line(1, "WARN", "slow")]),
    ).toEqual([]);
  });

  it("is an error, once for each message whatever its numbers", () => {
    expect(judged([line(0, "ERROR", "queue 3 is gone"), line(1, "ERROR", "queue 17 is gone")])).toEqual([
      { what: "error", text: "ERROR RocketmqBroker queue 3 is gone", times: 2 },
    ]);
  });

  it("is an exception at any level, with the trace that follows it", () => {
    const lines = [line(0, "WARN", "cannot store"), "java.io.IOException: disk", "\tat a.B.c(B.java:1)"];
    expect(judged(lines)).toMatchObject([
      { text: expect.stringContaining("java.io.IOException: disk"), times: 1 },
    ]);
  });

  it("is an exception whose message has a second line, with the trace that follows that", () => {
    const help = "For more information, please visit the url, https://rocketmq.apache.org/docs";
    const lines = [
      line(0, "WARN", "cannot ask"),
      "a.MQBrokerException: CODE: 2",
      help,
      "\tat a.B.c(B.java:1)",
    ];
    expect(logEvents(lines.join("\n"))).toMatchObject([{ text: expect.stringContaining("a.B.c") }]);
  });

  it("is no word that only ends like one", () => {
    expect(judged([line(0, "WARN", "ScheduleMessageService onException, info: queue 1")])).toEqual([]);
  });

  it("is what a JVM prints without a logger", () => {
    expect(judged(['Exception in thread "main" java.lang.IllegalStateException'])).toHaveLength(1);
  });

  it("leaves out what is expected, but never a JVM that cannot go on", () => {
    const expected = [{ line: /cannot/, why: "a test" }];
    expect(judged([line(0, "ERROR", "cannot reach n1")], expected)).toEqual([]);
    const fatal = line(0, "ERROR", "cannot reserve: java.lang.OutOfMemoryError");
    expect(judged([fatal], expected)).toMatchObject([{ what: "fatal" }]);
  });

  const often = (times: number, everyMs: number) =>
    Array.from({ length: times }, (_, n) => line(n * everyMs, "WARN", `try ${n}`));

  it("is the same message 20 times a second for ten seconds, at any level", () => {
    expect(judged(often(400, 40))).toEqual([{ what: "repetition", text: "try #", times: 250 }]);
  });

  it("is no burst, and nothing that comes now and then", () => {
    expect(judged(often(2000, 2))).toEqual([]);
    expect(judged(often(2000, 100))).toEqual([]);
  });

  it("is not again what stands for the rest of a flood: the first of it have their traces", () => {
    const expected = [{ line: /TimeoutException/, why: "a test" }];
    const lines = [
      line(0, "WARN", "cannot send"),
      "java.util.concurrent.TimeoutException: 3 s",
      "hotfire: not logged, 900 more within a second: sendException of {}",
    ];
    expect(judged(lines, expected)).toEqual([]);
  });

  it("counts what the launcher left out of the log", () => {
    const lines = Array.from({ length: 12 }, (_, n) => [
      line(n * 1000, "INFO", `beat ${n}`),
      "hotfire: not logged, 900 more within a second: try {}",
    ]).flat();
    expect(judged(lines)).toEqual([{ what: "repetition", text: "try {}", times: 9000 }]);
  });
});
