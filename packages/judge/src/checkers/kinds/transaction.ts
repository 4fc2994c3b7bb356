import type {
  HalfSendRecord,
  TransactionCheckRecord,
  TransactionEndRecord,
} from "../../history/kind-records.ts";
import type { Micros } from "../../history/micros.ts";
import { Cases, type KindViolation } from "./kind-findings.ts";
import type { Ledger } from "./ledger.ts";

type Told = TransactionEndRecord | TransactionCheckRecord;

/** What brokers were told of each transaction, in the order in which it was told. */
export class Decisions {
  readonly #told = new Map<number, Told[]>();
  asked = 0;

  add(record: Told): void {
    if (record.type === "transaction-check") this.asked += 1;
    const told = this.#told.get(record.number) ?? [];
    this.#told.set(record.number, told);
    told.push(record);
  }

  of(number: number): readonly Told[] {
    return this.#told.get(number) ?? [];
  }

  get numbers(): Iterable<number> {
    return this.#told.keys();
  }
}

/** A half message that was acknowledged is committed or rolled back as it was decided; any other one is never shown. */
export function isToBeCommitted({ plan, outcome }: HalfSendRecord): boolean {
  return outcome === "acknowledged" && (plan === "commit" || plan === "commit-when-asked");
}

/** Whether a broker was told so, or may have been. */
function wasTold(told: readonly Told[], decision: Told["decision"]): Told | undefined {
  return told.find((one) => one.decision === decision && one.outcome !== "failed");
}

export interface TransactionJudgement {
  readonly violations: readonly KindViolation[];
  readonly problems: readonly string[];
  /** Acknowledged halves that were committed: they must be delivered. */
  readonly committed: ReadonlySet<number>;
}

/**
 * Never shown: what was rolled back, and what was not acknowledged as a half message. Never before its commit was told. And asked about: an
 * acknowledged one whose decision was not told stays with the broker until that has asked for it. `isWhole`: the history goes to the load's end.
 */
export function judgeTransactions(
  ledger: Ledger<HalfSendRecord>,
  decisions: Decisions,
  isWhole: boolean,
): TransactionJudgement {
  const outcome = new Cases("transaction-outcome");
  const asked = new Cases("transaction-asked");
  const problems = new Set<string>();
  const committed = new Set<number>();
  for (const [number, half] of ledger.sends) {
    const told = decisions.of(number);
    const commit = wasTold(told, "commit");
    const rollback = wasTold(told, "rollback");
    if (commit !== undefined && rollback !== undefined)
      problems.add(`transaction ${number} was committed and rolled back`);
    if (commit !== undefined && !isToBeCommitted(half))
      problems.add(`transaction ${number} was committed, and its half message says otherwise`);
    if (rollback !== undefined && isToBeCommitted(half))
      problems.add(`transaction ${number} was rolled back, and its half message says otherwise`);
    if (commit !== undefined && isToBeCommitted(half)) committed.add(number);
    const first = ledger.first(number);
    if (first !== undefined) {
      const why = shownWrongly(half, first.at, told, isWhole);
      if (why !== undefined) outcome.add(`transaction ${number} was delivered, and ${why}`);
    }
    if (half.outcome === "acknowledged" && commit === undefined && rollback === undefined)
      asked.add(`transaction ${number} stays unknown: no broker asked for it`);
  }
  for (const number of decisions.numbers)
    if (!ledger.sends.has(number)) problems.add(`transaction ${number} was decided and never begun`);
  return {
    violations: [...outcome.violations, ...asked.violations],
    problems: [...problems].slice(0, 5),
    committed,
  };
}

function shownWrongly(
  half: HalfSendRecord,
  at: Micros,
  told: readonly Told[],
  isWhole: boolean,
): string | undefined {
  // Of refused ones the general rule tells.
  if (half.outcome === "failed") return undefined;
  if (half.outcome === "in-doubt") return "its half message was never acknowledged";
  if (!isToBeCommitted(half)) return "was rolled back";
  const commit = told.find(({ decision }) => decision === "commit");
  // A commit is recorded when it is answered: where the history breaks off, after the delivery.
  if (commit === undefined) return isWhole ? "it was never committed" : undefined;
  return at < commit.sent ? "was committed only after that" : undefined;
}
