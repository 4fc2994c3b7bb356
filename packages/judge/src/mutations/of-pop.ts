import type { PopTakeRecord } from "../history/kind-records.ts";
import { type Change, chain, drop, edit } from "./edit.ts";
import type { Mutation } from "./mutation.ts";

type Delivery = PopTakeRecord["deliveries"][number];

/** The deliveries of one message; `which` counts them from 0. */
function takes(number: number, which: number, change: (one: PopTakeRecord) => PopTakeRecord[]): Change {
  return (records) => {
    let seen = -1;
    return edit("pop-take", (record) => {
      if (!record.deliveries.some((one) => one.number === number)) return record;
      seen += 1;
      return seen === which ? change(record) : record;
    })(records);
  };
}

/** One message's first delivery, changed. */
const first = (number: number, change: (one: Delivery) => Delivery): Change =>
  takes(number, 0, (record) => [
    { ...record, deliveries: record.deliveries.map((one) => (one.number === number ? change(one) : one)) },
  ]);

/** Popped once more, so long after its first delivery. */
const again = (number: number, after: number): Change =>
  takes(number, 0, (record) => [
    record,
    {
      ...record,
      sent: record.sent + after,
      done: record.done + after,
      popped: record.popped + after,
      deliveries: record.deliveries.map((one) => ({ ...one, retry: true, queue: 0, offset: 900, times: 1 })),
    },
  ]);

const fails = (name: string, check: string, change: Change): Mutation => ({
  name: `pop: ${name}`,
  check,
  verdict: "fail",
  change,
});

/**
 * What can be wrong with messages that are popped. Numbers are those of `synthetic/kinds.ts`: of six the first, third and fifth are
 * acknowledged, the second is left, the fourth wanted again soon, the sixth hidden for longer.
 */
export const ofPop: readonly Mutation[] = [
  fails(
    "a message is never delivered",
    "kind-missing",
    chain(
      takes(4, 0, () => []),
      drop("pop-answer", ({ number }) => number === 4),
    ),
  ),
  fails(
    "a body is another one",
    "kind-body",
    first(4, (one) => ({ ...one, crc: one.crc ^ 1 })),
  ),
  fails(
    "a message was never sent",
    "kind-unexpected",
    first(4, (one) => ({ ...one, number: 99_999 })),
  ),
  fails(
    "a message is not of this run",
    "kind-unexpected",
    first(4, (one) => ({ ...one, number: -1 })),
  ),
  fails(
    "a refused message is there",
    "kind-unexpected",
    edit("pop-send", (record) => (record.number === 4 ? { ...record, outcome: "failed" } : record)),
  ),
  fails(
    "a message is stored twice",
    "kind-twice",
    takes(4, 0, (record) => [
      record,
      { ...record, deliveries: record.deliveries.map((one) => ({ ...one, offset: one.offset + 5000 })) },
    ]),
  ),
  fails("one that was left comes before its time", "pop-early", again(1, 200_000)),
  fails(
    "one that is hidden for longer comes before its time",
    "pop-early",
    chain(
      again(5, 700_000),
      drop("pop-answer", ({ number, answer }) => number === 5 && answer === "ack"),
    ),
  ),
  fails("one that was acknowledged comes again", "pop-settled", again(4, 700_000)),
  fails(
    "one that was left never comes again",
    "pop-again",
    chain(
      takes(1, 1, () => []),
      drop("pop-answer", ({ number }) => number === 1),
    ),
  ),
  fails(
    "one that comes again is counted as new",
    "pop-times",
    takes(1, 1, (record) => [
      { ...record, deliveries: record.deliveries.map((one) => ({ ...one, times: 0 })) },
    ]),
  ),
  {
    name: "pop: an answer belongs to no delivery",
    check: "kinds-shown",
    verdict: "unknown",
    change: edit("pop-answer", (record) =>
      record.number === 4 ? [record, { ...record, number: 77_777 }] : record,
    ),
  },
];
