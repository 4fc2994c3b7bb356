import type { LogEvent } from "./events.ts";
import { expectedLogLines } from "./expected.ts";

/** What a log says that has to be looked into. */
export interface Complaint {
  readonly what: "error" | "repetition";
  /** The event's first lines, or the message that repeats. */
  readonly text: string;
  readonly times: number;
}

/** A JVM that cannot go on, said by whatever logger or none: never expected. */
const fatal =
  /OutOfMemoryError|StackOverflowError|NoSuchMethodError|NoClassDefFoundError|a fatal error has been detected/;
const trace = /(^|[\s:])[\w$.]+(Exception|Error)\b/;

/**
 * A loop without a pause says the same thing again and again: 200 times within 10 s is 20 a second,
 * which no retry interval of RocketMQ's comes near (the shortest is 100 ms).
 */
const hotTimes = 200;
const hotWindowMs = 10_000;

/** Errors and hot repetition in a container's log that `expected` does not name. One complaint for each message, without its numbers. */
export function complaintsIn(events: readonly LogEvent[], expected = expectedLogLines): Complaint[] {
  const found = new Map<string, { text: string; times: number }>();
  for (const event of events) {
    const isFatal = fatal.test(event.text);
    if (!isFatal && event.level !== "ERROR" && !trace.test(event.text)) continue;
    if (!isFatal && expected.some(({ line }) => line.test(event.text))) continue;
    const key = withoutNumbers(event.text);
    const known = found.get(key);
    if (known === undefined) found.set(key, { text: firstLinesOf(event), times: 1 });
    else known.times += 1;
  }
  const errors = [...found.values()].map((one): Complaint => ({ what: "error", ...one }));
  return [...errors, ...hotRepetitions(events)];
}

function hotRepetitions(events: readonly LogEvent[]): Complaint[] {
  const times = new Map<string, number[]>();
  for (const { at, text, logger } of events) {
    if (at === undefined) continue;
    const key = `${logger} ${withoutNumbers(text)}`;
    const list = times.get(key);
    if (list === undefined) times.set(key, [at]);
    else list.push(at);
  }
  return [...times].flatMap(([text, list]) => {
    const hottest = mostWithin(list, hotWindowMs);
    return hottest < hotTimes ? [] : [{ what: "repetition" as const, text, times: hottest }];
  });
}

/** The most of these moments, in their order, that lie within one window. */
function mostWithin(moments: readonly number[], windowMs: number): number {
  let most = 0;
  let first = 0;
  for (const [index, moment] of moments.entries()) {
    while (moment - (moments[first] ?? moment) > windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

function withoutNumbers(text: string): string {
  return (text.split("\n", 1)[0] ?? "").replace(/0x[0-9a-f]+|[0-9A-F]{16,}|\d+/gi, "#").slice(0, 160);
}

function firstLinesOf({ level, logger, text }: LogEvent): string {
  return [level, logger, text.split("\n").slice(0, 4).join("\n    ")].filter((word) => word !== "").join(" ");
}
