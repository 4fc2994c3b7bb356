import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type {
  BatchSendRecord,
  DelaySendRecord,
  FifoSendRecord,
  HalfSendRecord,
  KindConsumeRecord,
  KindSendRecord,
} from "../../history/kind-records.ts";
import { judgeBatches } from "./batch.ts";
import { judgeCommon } from "./common.ts";
import { judgeDelay } from "./delay.ts";
import { judgeFifo } from "./fifo.ts";
import { Ledger } from "./ledger.ts";
import { Decisions, judgeTransactions } from "./transaction.ts";

type Sent = Pick<KindSendRecord, "number" | "sent" | "done" | "group" | "queue" | "outcome">;

const sent = (number: number, part: Partial<Sent> = {}): Sent => ({
  number,
  sent: number * 1000,
  done: number * 1000 + 900,
  group: "broker-a",
  queue: 0,
  outcome: "acknowledged",
  ...part,
});

/** One delivery after another, each at the offset behind the one before. */
function came(
  kind: KindConsumeRecord["kind"],
  rows: readonly { readonly number: number; readonly at?: number; readonly offset?: number }[],
): KindConsumeRecord[] {
  return rows.map(({ number, at = 5_000_000, offset }, index) => ({
    type: "kind-consume",
    kind,
    sent: at - 100,
    done: at,
    group: "broker-a",
    queue: 0,
    messages: [[offset ?? index, number, number]],
  }));
}

function ledgerOf<Send extends KindSendRecord>(
  sends: readonly Send[],
  consumed: readonly KindConsumeRecord[],
  size = 1,
): Ledger<Send> {
  const ledger = new Ledger<Send>();
  for (const send of sends) ledger.addSend(send, size);
  for (const record of consumed) ledger.addConsume(record);
  return ledger;
}

const outcome = fc.constantFrom("acknowledged" as const, "in-doubt" as const, "failed" as const);
const count = (violations: readonly { rule: string; count: number }[], rule: string) =>
  violations.find((one) => one.rule === rule)?.count ?? 0;

describe("fifo", () => {
  const fifo = (number: number, messageGroup: string, part: Partial<Sent> = {}): FifoSendRecord => ({
    type: "fifo-send",
    attempts: 1,
    messageGroup,
    ...sent(number, part),
  });

  test("any order of deliveries: those behind a later one of their group are told, with copies of what was tried again", () => {
    const plan = fc.array(
      fc.record({ group: fc.integer({ min: 0, max: 2 }), outcome, copies: fc.integer({ min: 1, max: 3 }) }),
      {
        minLength: 2,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(plan, fc.infiniteStream(fc.nat()), (messages, dice) => {
        const sends = messages.map((one, number) => fifo(number, `g${one.group}`, { outcome: one.outcome }));
        const all = messages.flatMap(({ copies }, number) => Array.from({ length: copies }, () => number));
        const order = all
          .map((number) => ({ number, key: dice.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ number }) => number);
        const { violations } = judgeFifo(
          ledgerOf(
            sends,
            came(
              "fifo",
              order.map((number) => ({ number })),
            ),
          ),
        );
        // By the definition: an acknowledged message whose first copy has a later one of its group before it.
        const firsts = [...new Set(order)];
        const wrong = firsts.filter(
          (number, place) =>
            messages[number]?.outcome === "acknowledged" &&
            firsts
              .slice(0, place)
              .some((other) => other > number && messages[other]?.group === messages[number]?.group),
        );
        expect(count(violations, "fifo-order")).toBe(wrong.length);
      }),
    );
  });

  test("the violation is told in a sentence", () => {
    const sends = [fifo(0, "orders-1"), fifo(1, "orders-1")];
    const { violations } = judgeFifo(ledgerOf(sends, came("fifo", [{ number: 1 }, { number: 0 }])));
    expect(violations).toEqual([
      { rule: "fifo-order", count: 1, first: "fifo message 0 of orders-1 was delivered behind 1" },
    ]);
  });
});

describe("delay", () => {
  const bound = 50_000;

  test("early is what came before its moment, less the bound; the rest is late by the difference", () => {
    const plan = fc.array(
      fc.record({ byTime: fc.boolean(), off: fc.integer({ min: -3_000_000, max: 3_000_000 }), outcome }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(plan, (messages) => {
        const due = 10_000_000;
        const sends = messages.map(
          ({ byTime, outcome: what }, number): DelaySendRecord => ({
            type: "delay-send",
            ...sent(number, { outcome: what }),
            by: byTime ? "time" : "level",
            due,
          }),
        );
        const rows = messages.map(({ off }, number) => ({ number, at: due + off }));
        const { violations, lateness } = judgeDelay(ledgerOf(sends, came("delay", rows)), bound);
        const early = messages.filter(({ off }) => -off > bound);
        expect(count(violations, "delay-early")).toBe(early.length);
        const late = messages.flatMap(({ off, outcome: what }) =>
          what === "acknowledged" ? [Math.max(0, off)] : [],
        );
        expect(lateness?.max).toBe(late.length === 0 ? undefined : Math.max(...late));
      }),
    );
  });
});

describe("transaction", () => {
  const plans = ["commit", "rollback", "commit-when-asked", "rollback-when-asked"] as const;
  const plan = fc.array(
    fc.record({
      outcome,
      plan: fc.constantFrom(...plans),
      /** What the broker made of it. */
      shown: fc.boolean(),
      wasTold: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20 },
  );

  test("shown is right only of what was acknowledged and told to commit; what nobody was told stays open", () => {
    fc.assert(
      fc.property(plan, (messages) => {
        const decisions = new Decisions();
        const halves = messages.map((one, number): HalfSendRecord => {
          const isBegun = one.outcome === "acknowledged";
          const decision = isBegun && one.plan.startsWith("commit") ? "commit" : "rollback";
          if (isBegun && one.wasTold)
            decisions.add({
              type: "transaction-end",
              number,
              decision,
              sent: number * 1000 + 900,
              done: number * 1000 + 950,
              outcome: "acknowledged",
            });
          return { type: "half-send", ...sent(number, { outcome: one.outcome }), plan: one.plan };
        });
        const rows = messages.flatMap(({ shown }, number) => (shown ? [{ number }] : []));
        const ledger = ledgerOf(halves, came("transaction", rows));
        const { violations, committed, problems } = judgeTransactions(ledger, decisions, true);
        const isCommitted = (one: (typeof messages)[number]) =>
          one.outcome === "acknowledged" && one.plan.startsWith("commit") && one.wasTold;
        expect([...committed]).toEqual(messages.flatMap((one, number) => (isCommitted(one) ? [number] : [])));
        // A refused one that is shown is the common rule's.
        const wrong = messages.filter((one) => one.shown && one.outcome !== "failed" && !isCommitted(one));
        expect(count(violations, "transaction-outcome")).toBe(wrong.length);
        const open = messages.filter((one) => one.outcome === "acknowledged" && !one.wasTold);
        expect(count(violations, "transaction-asked")).toBe(open.length);
        expect(problems).toEqual([]);
      }),
    );
  });

  test("a commit whose request was never sent leaves the transaction to the broker's question", () => {
    const decisions = new Decisions();
    const told = { number: 0, sent: 2000, done: 2100, decision: "commit" } as const;
    decisions.add({ type: "transaction-end", ...told, outcome: "failed" });
    const ledger = ledgerOf<HalfSendRecord>([{ type: "half-send", ...sent(0), plan: "commit" }], []);
    expect(count(judgeTransactions(ledger, decisions, true).violations, "transaction-asked")).toBe(1);
    decisions.add({ type: "transaction-check", asked: 9000, ...told, outcome: "in-doubt" });
    const asked = judgeTransactions(ledger, decisions, true);
    expect(asked.violations).toEqual([]);
    // In doubt is told all the same: the broker asks again if it was not.
    expect([...asked.committed]).toEqual([0]);
  });
});

describe("batch", () => {
  test("acknowledged: all of it; in doubt: all, nothing, or its beginning", () => {
    const size = 5;
    fc.assert(
      fc.property(outcome, fc.subarray([0, 1, 2, 3, 4]), (what, there) => {
        const batch: BatchSendRecord = { type: "batch-send", ...sent(0, { outcome: what }), size };
        const rows = there.map((number) => ({ number, offset: number }));
        const { violations, partial } = judgeBatches(ledgerOf([batch], came("batch", rows), size));
        const isPart = there.length > 0 && there.length < size;
        const isPrefix = there.every((number, index) => number === index);
        const isBroken = isPart && (what === "acknowledged" || !isPrefix);
        expect(count(violations, "batch-whole")).toBe(isBroken ? 1 : 0);
        expect(partial).toBe(isPart && !isBroken ? 1 : 0);
      }),
    );
  });
});

test("of every kind: missing, refused and there, made up, another body and a second copy are told apart", () => {
  const message = fc.record({ outcome, copies: fc.integer({ min: 0, max: 2 }), isWhole: fc.boolean() });
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 20 }), fc.nat(3), (messages, strangers) => {
      const ledger = new Ledger<KindSendRecord>();
      let offset = 0;
      for (const [number, { outcome: what, copies, isWhole }] of messages.entries()) {
        ledger.addSend({ type: "large-send", ...sent(number, { outcome: what }), bytes: 9, crc: number });
        for (let copy = 0; copy < copies; copy += 1) {
          const crc = isWhole ? number : number + 1;
          const [row] = came("large", [{ number, offset }]);
          if (row !== undefined) ledger.addConsume({ ...row, messages: [[offset, number, crc]] });
          offset += 1;
        }
      }
      for (let one = 0; one < strangers; one += 1)
        for (const row of came("large", [{ number: messages.length + one, offset: offset + one }]))
          ledger.addConsume(row);
      const violations = judgeCommon({ kind: "large", ledger, load: undefined, stopped: messages.length });
      const those = (which: (one: (typeof messages)[number]) => boolean) => messages.filter(which).length;
      expect({
        missing: count(violations, "kind-missing"),
        unexpected: count(violations, "kind-unexpected"),
        body: count(violations, "kind-body"),
        twice: count(violations, "kind-twice"),
      }).toEqual({
        missing: those((one) => one.outcome === "acknowledged" && one.copies === 0),
        unexpected: those((one) => one.outcome === "failed" && one.copies > 0) + strangers,
        body: those((one) => one.copies > 0 && !one.isWhole),
        twice: those((one) => one.copies > 1),
      });
    }),
  );
});
