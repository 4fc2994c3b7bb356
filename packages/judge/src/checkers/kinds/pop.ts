import { formatDuration } from "@hotfire/base";
import type { PopAnswerRecord, PopSendRecord, PopTakeRecord } from "../../history/kind-records.ts";
import type { Micros } from "../../history/micros.ts";
import type { Fault } from "../faults.ts";
import { Cases, type KindViolation } from "./kind-findings.ts";
import type { Ledger } from "./ledger.ts";

/** One time that a message was popped. Moments are those of the broker's clock. */
interface Delivery {
  readonly group: string;
  readonly broker: string | undefined;
  readonly popped: Micros;
  readonly invisible: Micros;
  /** How often it came before, as the broker counts. */
  readonly times: number;
}

/**
 * After a switch or a restart a broker has forgotten what it held in memory of deliveries and acknowledgements (PopBufferMergeService), and
 * so long after healing it may still be at it.
 */
const settling: Micros = 10_000_000;

/** What was popped, and what it was answered with, by message. */
export class Deliveries {
  readonly #deliveries = new Map<number, Delivery[]>();
  readonly #answers = new Map<number, PopAnswerRecord[]>();

  addTake({ group, broker, popped, invisible, deliveries }: PopTakeRecord): void {
    for (const { number, times } of deliveries)
      if (number >= 0) append(this.#deliveries, number, { group, broker, popped, invisible, times });
  }

  addAnswer(record: PopAnswerRecord): void {
    append(this.#answers, record.number, record);
  }

  get numbers(): Iterable<number> {
    return this.#deliveries.keys();
  }

  /** In the order in which the broker gave them. */
  of(number: number): readonly Delivery[] {
    return (this.#deliveries.get(number) ?? []).toSorted((a, b) => a.popped - b.popped);
  }

  answersOf(number: number): readonly PopAnswerRecord[] {
    return this.#answers.get(number) ?? [];
  }

  get answered(): Iterable<number> {
    return this.#answers.keys();
  }
}

export interface PopJudgement {
  readonly violations: readonly KindViolation[];
  readonly problems: readonly string[];
  readonly figures: Readonly<Record<string, number>>;
}

/**
 * A message that is popped is hidden for its time, comes again unless it is acknowledged, one count higher each time, and never after its
 * acknowledgement. A switch or a restart in between may bring it again early, or once more: that is counted. `bound`: how far the clocks of
 * brokers and tester may be apart.
 */
export function judgePop(
  ledger: Ledger<PopSendRecord>,
  deliveries: Deliveries,
  faults: readonly Fault[],
  bound: Micros,
): PopJudgement {
  const early = new Cases("pop-early");
  const settled = new Cases("pop-settled");
  const again = new Cases("pop-again");
  const counted = new Cases("pop-times");
  const problems = new Set<string>();
  const figures = {
    "came again": 0,
    "again too soon after a fault": 0,
    "again after their acknowledgement": 0,
  };
  for (const number of deliveries.answered)
    if (deliveries.of(number).length === 0)
      problems.add(`pop message ${number} was answered and never popped`);
  for (const number of deliveries.numbers) {
    const all = deliveries.of(number);
    const answers = deliveries.answersOf(number);
    if (!answers.some(({ answer, outcome }) => answer === "ack" && outcome !== "failed"))
      again.add(`pop message ${number} was not acknowledged and did not come again`);
    // Two copies of one message come on their own.
    if (ledger.copies(number).filter(({ isRetry }) => !isRetry).length > 1) continue;
    let isDisturbed = false;
    for (const [index, next] of all.entries()) {
      const before = all[index - 1];
      isDisturbed ||= before !== undefined && disturbed(before, next, faults);
      if (!isDisturbed && next.times !== index)
        counted.add(
          `pop message ${number} came for the ${index + 1}. time and is counted as ${next.times + 1}.`,
        );
      if (before === undefined) continue;
      figures["came again"] += 1;
      const { until, done } = heldBy(before, answers);
      if (done !== undefined && done + bound < next.popped) {
        figures["again after their acknowledgement"] += 1;
        if (!isDisturbed) settled.add(`pop message ${number} was acknowledged and came again`);
      } else if (until - next.popped > bound) {
        figures["again too soon after a fault"] += isDisturbed ? 1 : 0;
        if (!isDisturbed)
          early.add(
            `pop message ${number} came again ${formatDuration(until - next.popped)} before its time`,
          );
      }
    }
  }
  const violations = [early, settled, again, counted].flatMap((cases) => cases.violations);
  return { violations, problems: [...problems].slice(0, 5), figures };
}

/** Until when a delivery was certainly hidden, and when it was acknowledged, if that was within its time. */
function heldBy(
  { popped, invisible }: Delivery,
  answers: readonly PopAnswerRecord[],
): { readonly until: Micros; readonly done: Micros | undefined } {
  let until = popped + invisible;
  let done: Micros | undefined;
  const mine = answers.filter((one) => one.popped === popped).toSorted((a, b) => a.sent - b.sent);
  for (const { answer, outcome, sent, done: answered, until: next } of mine) {
    if (answer === "ack") {
      if (outcome === "acknowledged" && answered <= until) done = answered;
    } else if (outcome === "acknowledged" && next !== undefined) until = next;
    // It may be hidden for another time, and for which is not known.
    else if (outcome !== "failed") until = Math.min(until, sent);
  }
  return { until, done };
}

/** Whether the broker that gave the first may have forgotten it when the next one was given. */
function disturbed(before: Delivery, next: Delivery, faults: readonly Fault[]): boolean {
  if (before.broker !== next.broker) return true;
  return faults.some(({ groups, injected, healed }) => {
    if (injected === undefined || !groups.includes(before.group)) return false;
    const end = (healed?.end ?? Number.POSITIVE_INFINITY) + settling;
    return injected.begin <= next.popped && before.popped <= end;
  });
}

function append<T>(map: Map<number, T[]>, key: number, item: T): void {
  const list = map.get(key) ?? [];
  map.set(key, list);
  list.push(item);
}
