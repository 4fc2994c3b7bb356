import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PopAnswerRecord, PopSendRecord, PopTakeRecord } from "../../history/kind-records.ts";
import type { Fault } from "../faults.ts";
import { Ledger } from "./ledger.ts";
import { Deliveries, judgePop } from "./pop.ts";

const ms = 1000;
const invisible = 6000 * ms;
const bound = 50 * ms;

const take = (popped: number, times: number, broker = "broker-a-0"): PopTakeRecord => ({
  type: "pop-take",
  sent: popped - ms,
  done: popped + ms,
  group: "broker-a",
  broker,
  popped,
  invisible,
  deliveries: [{ number: 0, retry: times > 0, queue: 0, offset: times, crc: 0, times }],
});

const answer = (popped: number, what: Partial<PopAnswerRecord> = {}): PopAnswerRecord => ({
  type: "pop-answer",
  number: 0,
  popped,
  sent: popped + 2 * ms,
  done: popped + 3 * ms,
  answer: "ack",
  outcome: "acknowledged",
  ...what,
});

const fault = (begin: number, end: number): Fault => {
  const proof = { how: "SIGKILL", seen: "exited" };
  return {
    id: "1",
    kind: "kill",
    target: "writer",
    nodes: ["broker-a-0"],
    groups: ["broker-a"],
    injected: { begin, end: begin, proof },
    healed: { begin: end, end, proof },
    errors: [],
    plannedKind: undefined,
    injections: 1,
    healings: 1,
  };
};

function judged(
  takes: readonly PopTakeRecord[],
  answers: readonly PopAnswerRecord[],
  faults: readonly Fault[] = [],
) {
  const ledger = new Ledger<PopSendRecord>();
  const send = { number: 0, sent: 0, done: 0, group: "broker-a", queue: 0, outcome: "acknowledged" as const };
  ledger.addSend({ type: "pop-send", ...send });
  const deliveries = new Deliveries();
  for (const one of takes) {
    ledger.addTake(one);
    deliveries.addTake(one);
  }
  for (const one of answers) deliveries.addAnswer(one);
  const { violations, figures } = judgePop(ledger, deliveries, faults, bound);
  return { rules: violations.map(({ rule }) => rule), figures };
}

describe("a message that is popped", () => {
  test("again at any time: before its time is over is early, by what its first delivery was answered", () => {
    const hidden = fc.option(fc.integer({ min: 100, max: 20_000 }), { nil: undefined });
    fc.assert(
      fc.property(hidden, fc.integer({ min: 200, max: 20_000 }), (forMs, afterMs) => {
        const begin = 1000 * ms;
        const until = begin + (forMs === undefined ? invisible : forMs * ms);
        const next = begin + afterMs * ms;
        const hide = forMs === undefined ? [] : [answer(begin, { answer: "hide", until })];
        const { rules } = judged([take(begin, 0), take(next, 1)], [...hide, answer(next)]);
        expect(rules).toEqual(until - next > bound ? ["pop-early"] : []);
      }),
    );
  });

  test("and acknowledged within its time does not come again; too late, it may", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12_000 }), (afterMs) => {
        const begin = 1000 * ms;
        const next = begin + 13_000 * ms;
        const done = begin + afterMs * ms;
        const { rules } = judged([take(begin, 0), take(next, 1)], [answer(begin, { done }), answer(next)]);
        expect(rules).toEqual(done <= begin + invisible ? ["pop-settled"] : []);
      }),
    );
  });

  test("hidden for a time that is not known is early only before it was asked for", () => {
    const begin = 1000 * ms;
    const unknown = answer(begin, { answer: "hide", outcome: "in-doubt", sent: begin + 500 * ms });
    expect(
      judged([take(begin, 0), take(begin + 300 * ms, 1)], [unknown, answer(begin + 300 * ms)]).rules,
    ).toEqual(["pop-early"]);
    expect(
      judged([take(begin, 0), take(begin + 700 * ms, 1)], [unknown, answer(begin + 700 * ms)]).rules,
    ).toEqual([]);
  });

  test("on both sides of a fault, or by another broker, may come again: it is counted", () => {
    const begin = 1000 * ms;
    const next = begin + 400 * ms;
    const answers = [answer(begin), answer(next)];
    const after = "again after their acknowledgement";
    const hit = judged([take(begin, 0), take(next, 0)], answers, [fault(begin + 100 * ms, begin + 200 * ms)]);
    expect(hit).toMatchObject({ rules: [], figures: { [after]: 1, "came again": 1 } });
    const moved = judged([take(begin, 0), take(next, 0, "broker-a-1")], answers);
    expect(moved).toMatchObject({ rules: [], figures: { [after]: 1 } });
    const elsewhere = { ...fault(begin + 100 * ms, begin + 200 * ms), groups: ["broker-b"] };
    expect(judged([take(begin, 0), take(next, 1)], answers, [elsewhere]).rules).toEqual(["pop-settled"]);
  });

  test("and never acknowledged must come again", () => {
    const begin = 1000 * ms;
    expect(judged([take(begin, 0)], []).rules).toEqual(["pop-again"]);
    expect(judged([take(begin, 0)], [answer(begin, { outcome: "in-doubt" })]).rules).toEqual([]);
  });

  test("is counted each time that it comes", () => {
    const begin = 1000 * ms;
    const next = begin + invisible + 500 * ms;
    expect(judged([take(begin, 0), take(next, 2)], [answer(next)]).rules).toEqual(["pop-times"]);
  });
});
