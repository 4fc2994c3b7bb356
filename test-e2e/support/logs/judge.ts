import type { LogEvent } from "./events.ts";
import { expectedLogLines } from "./expected.ts";

/** What a log says that has to be looked into. */
export interface Complaint {
  /** fatal: the JVM cannot go on. */
  readonly what: "fatal" | "error" | "repetition";
  /** The event's first lines, or the message that repeats. */
  readonly text: string;
  readonly times: number;
}

/** A JVM that cannot go on, said by whatever logger or none: never expected. */
const fatal =
  /OutOfMemoryError|StackOverflowError|NoSuchMethodError|NoClassDefFoundError|a fatal error has been detected/;
const trace = /(^|[\s:])([\w$]+\.)*[A-Z]\w*(Exception|Error)\b/;

/**
 * A loop without a pause says the same thing again and again: 20 times in each of ten seconds in a row. No retry interval of RocketMQ's
 * is that short for so long, and a burst, such as a thousand pushes that were on their way to a frozen follower, is over sooner.
 */
const hotEachSecond = 20;
const hotSeconds = 10;

/** What the launcher's FloodFilter says instead of what it leaves out. */
const leftOut = /^hotfire: not logged, (\d+) more within a second: (.*)$/;

/** Errors and hot repetition in a container's log that `expected` does not name. One complaint for each message, without its numbers. */
export function complaintsIn(events: readonly LogEvent[], expected = expectedLogLines): Complaint[] {
  const found = new Map<string, { what: "fatal" | "error"; text: string; times: number }>();
  for (const event of events) {
    // The first of its kind were written whole, and judged.
    if (leftOut.test(event.text)) continue;
    const isFatal = fatal.test(event.text);
    if (!isFatal && event.level !== "ERROR" && !trace.test(event.text)) continue;
    if (!isFatal && expected.some(({ line }) => line.test(event.text))) continue;
    const key = withoutNumbers(event.text);
    const known = found.get(key);
    if (known === undefined)
      found.set(key, { what: isFatal ? "fatal" : "error", text: firstLinesOf(event), times: 1 });
    else known.times += 1;
  }
  const hot = hotRepetitions(events).filter(({ text }) => !expected.some(({ line }) => line.test(text)));
  return [...found.values(), ...hot];
}

function hotRepetitions(events: readonly LogEvent[]): Complaint[] {
  const messages = new Map<string, Map<number, number>>();
  let second = 0;
  for (const { at, text } of events) {
    if (at !== undefined) second = Math.floor(at / 1000);
    const [, more, message] = leftOut.exec(text) ?? [];
    const key = withoutNumbers(message ?? text);
    const seconds = messages.get(key) ?? new Map<number, number>();
    messages.set(key, seconds.set(second, (seconds.get(second) ?? 0) + Number(more ?? 1)));
  }
  return [...messages].flatMap(([text, seconds]) => {
    const times = hottest(seconds);
    return times === 0 ? [] : [{ what: "repetition" as const, text, times }];
  });
}

/** How often in ten seconds that are all hot; 0 where there are none. */
function hottest(seconds: ReadonlyMap<number, number>): number {
  for (const first of seconds.keys()) {
    const row = Array.from({ length: hotSeconds }, (_, n) => seconds.get(first + n) ?? 0);
    if (row.every((times) => times >= hotEachSecond)) return row.reduce((sum, times) => sum + times, 0);
  }
  return 0;
}

function withoutNumbers(text: string): string {
  return (text.split("\n", 1)[0] ?? "").replace(/0x[0-9a-f]+|[0-9A-F]{16,}|\d+/gi, "#").slice(0, 160);
}

function firstLinesOf({ level, logger, text }: LogEvent): string {
  return [level, logger, text.split("\n").slice(0, 4).join("\n    ")].filter((word) => word !== "").join(" ");
}
