import {
  type ApplicationKind,
  applicationKinds,
  type BatchSendRecord,
  type DelaySendRecord,
  type FifoSendRecord,
  type HalfSendRecord,
  type KindLoad,
  type KindRecord,
  type KindSendRecord,
  type LargeSendRecord,
  type PopSendRecord,
} from "../../history/kind-records.ts";
import type { Micros } from "../../history/micros.ts";
import type { HeaderRecord } from "../../history/run-records.ts";
import type { Fault } from "../faults.ts";
import { judgeBatches } from "./batch.ts";
import { judgeCommon } from "./common.ts";
import { judgeDelay } from "./delay.ts";
import { judgeFifo } from "./fifo.ts";
import type { KindFindings, KindViolation } from "./kind-findings.ts";
import { Ledger } from "./ledger.ts";
import { Deliveries, judgePop } from "./pop.ts";
import { Decisions, judgeTransactions } from "./transaction.ts";

interface Told {
  stopped: number | undefined;
  drained: boolean | undefined;
}

/** What a kind's own rules say, and which messages must have been delivered. */
interface Special {
  readonly violations: readonly KindViolation[];
  readonly problems?: readonly string[];
  readonly lateness?: KindFindings["lateness"];
  readonly figures?: Readonly<Record<string, number>>;
  /** Default: what was acknowledged. */
  readonly due?: (number: number) => boolean;
  /** A message that was sent once may be stored twice. */
  readonly mayRepeat?: true;
}

/** Judges the kinds of a load: each its own topic, numbers and rules. A run without kinds has none. */
export class KindsChecker {
  readonly #fifo = new Ledger<FifoSendRecord>();
  readonly #delay = new Ledger<DelaySendRecord>();
  readonly #transaction = new Ledger<HalfSendRecord>();
  readonly #batch = new Ledger<BatchSendRecord>();
  readonly #large = new Ledger<LargeSendRecord>();
  readonly #pop = new Ledger<PopSendRecord>();
  readonly #deliveries = new Deliveries();
  readonly #decisions = new Decisions();
  readonly #told = new Map<ApplicationKind, Told>();
  readonly #seen = new Set<ApplicationKind>();
  #isReversed = false;

  add(record: KindRecord): void {
    if ("done" in record && record.done < record.sent) this.#isReversed = true;
    switch (record.type) {
      case "fifo-send":
        this.#addSend("fifo", this.#fifo, record);
        break;
      case "delay-send":
        this.#addSend("delay", this.#delay, record);
        break;
      case "half-send":
        this.#addSend("transaction", this.#transaction, record);
        break;
      case "batch-send":
        this.#addSend("batch", this.#batch, record, record.size);
        break;
      case "large-send":
        this.#addSend("large", this.#large, record);
        break;
      case "pop-send":
        this.#addSend("pop", this.#pop, record);
        break;
      case "pop-take":
        this.#seen.add("pop");
        this.#pop.addTake(record);
        this.#deliveries.addTake(record);
        break;
      case "pop-answer":
        this.#deliveries.addAnswer(record);
        break;
      case "transaction-end":
      case "transaction-check":
        this.#decisions.add(record);
        break;
      case "kind-consume":
        this.#seen.add(record.kind);
        this.#ledger(record.kind).addConsume(record);
        break;
      case "kind-stopped":
        this.#of(record.kind).stopped = record.sent;
        break;
      case "kind-drained":
        this.#of(record.kind).drained = record.complete;
        break;
    }
  }

  finish(header: HeaderRecord, faults: readonly Fault[]): KindFindings[] {
    const loads = header.workload.kinds ?? [];
    return applicationKinds.flatMap((kind) => {
      const load = loads.find((one) => one.kind === kind);
      if (load === undefined && !this.#seen.has(kind)) return [];
      return [this.#findings(kind, load, header, faults)];
    });
  }

  #addSend<Send extends KindSendRecord>(
    kind: ApplicationKind,
    ledger: Ledger<Send>,
    record: Send,
    size = 1,
  ): void {
    this.#seen.add(kind);
    ledger.addSend(record, size);
  }

  #of(kind: ApplicationKind): Told {
    const told = this.#told.get(kind) ?? { stopped: undefined, drained: undefined };
    this.#told.set(kind, told);
    return told;
  }

  #ledger(kind: ApplicationKind): Ledger<KindSendRecord> {
    return {
      fifo: this.#fifo,
      delay: this.#delay,
      transaction: this.#transaction,
      batch: this.#batch,
      large: this.#large,
      pop: this.#pop,
    }[kind];
  }

  #special(kind: ApplicationKind, load: KindLoad | undefined, faults: readonly Fault[]): Special {
    switch (kind) {
      case "fifo":
        return judgeFifo(this.#fifo);
      case "delay":
        return { ...judgeDelay(this.#delay, (load?.clockBound ?? 0) + stepped(faults)), mayRepeat: true };
      case "transaction": {
        const { committed, ...rest } = judgeTransactions(
          this.#transaction,
          this.#decisions,
          this.#of(kind).drained !== undefined,
        );
        const figures = { committed: committed.size, "asked by brokers": this.#decisions.asked };
        return { ...rest, figures, due: (number) => committed.has(number), mayRepeat: true };
      }
      case "pop":
        return judgePop(this.#pop, this.#deliveries, faults, (load?.clockBound ?? 0) + stepped(faults));
      case "batch": {
        const { violations, partial } = judgeBatches(this.#batch);
        return { violations, figures: { "in doubt and there in part": partial } };
      }
      case "large": {
        const acknowledged = [...this.#large.sends.values()].filter((one) => one.outcome === "acknowledged");
        const largest = Math.max(0, ...acknowledged.map(({ bytes }) => bytes));
        const compressed = acknowledged.filter(({ compressedBytes }) => compressedBytes !== undefined).length;
        return { violations: [], figures: { "bytes of the largest": largest, compressed } };
      }
    }
  }

  #findings(
    kind: ApplicationKind,
    load: KindLoad | undefined,
    header: HeaderRecord,
    faults: readonly Fault[],
  ): KindFindings {
    const ledger = this.#ledger(kind);
    const special = this.#special(kind, load, faults);
    const count = (outcome: KindSendRecord["outcome"]) =>
      [...ledger.sends.values()].filter((one) => one.outcome === outcome).length;
    const { due, mayRepeat } = special;
    const { stopped } = this.#of(kind);
    const common = judgeCommon({ kind, ledger, load, stopped, due, mayRepeat });
    return {
      kind,
      sent: ledger.sends.size,
      acknowledged: count("acknowledged"),
      failed: count("failed"),
      inDoubt: count("in-doubt"),
      delivered: ledger.deliveries.size,
      drained: this.#told.get(kind)?.drained === true,
      duplicates: [...ledger.deliveries.values()].filter(
        (copies) => copies.filter(({ isRetry }) => !isRetry).length > 1,
      ).length,
      longestGap: ledger.longestGap,
      lateness: special.lateness,
      figures: special.figures ?? {},
      violations: [...common, ...special.violations],
      problems: [...this.#problems(kind, load, header), ...(special.problems ?? [])],
    };
  }

  #problems(kind: ApplicationKind, load: KindLoad | undefined, header: HeaderRecord): string[] {
    const ledger = this.#ledger(kind);
    const { stopped, drained } = this.#told.get(kind) ?? {};
    const problems: string[] = [];
    if (load === undefined) problems.push(`${kind} messages are there, and the header names no such load`);
    if (this.#isReversed) problems.push("a kind's operation was answered before it was sent");
    if (ledger.missing > 0)
      problems.push(`${ledger.missing} ${kind} messages have a number and no record of their sending`);
    if (ledger.repeated > 0) problems.push(`${ledger.repeated} ${kind} numbers were sent more than once`);
    if (stopped === undefined) problems.push(`it is not told how many ${kind} messages were sent`);
    else if (stopped !== ledger.sends.size)
      problems.push(`${stopped} ${kind} messages were counted, and the history has ${ledger.sends.size}`);
    if (drained !== true) problems.push(`it was not seen that all ${kind} messages had time to come`);
    for (const { name } of header.cluster.groups) {
      const works = [...ledger.sends.values()].some(
        (one) => one.group === name && one.outcome === "acknowledged",
      );
      if (!works) problems.push(`no ${kind} message was acknowledged by ${name}`);
    }
    return problems;
  }
}

/** A broker whose clock was put forward delivers that much too early. */
function stepped(faults: readonly Fault[]): Micros {
  return faults.reduce((sum, { asked }) => sum + Math.abs(asked?.seconds ?? 0) * 1_000_000, 0);
}
