import type { Micros } from "../history/micros.ts";
import type { OperationRecord, Outcome } from "../history/operations.ts";
import { Column, Histogram } from "./columns.ts";

/** Successes further apart than this are remembered as gaps; smaller ones are the noise of a busy machine. */
export const minGap: Micros = 20_000;
/** Operations are counted by their schedule in bins of this width. */
export const binWidth: Micros = 100_000;

/** Time between two successes, `to` undefined when no success came any more. */
export interface Gap {
  from: Micros;
  to: Micros | undefined;
  /** Messages that were acknowledged and not yet delivered when the gap began. */
  backlog: number;
}

/** Kinds of failures that are told apart; what comes beyond is counted together. */
const maxKinds = 50;
export const otherCauses = "other causes";

/**
 * The operations of one verb on one broker group: what is needed to find outages, in bounded memory for a healthy
 * run (failures cost 17 bytes each, every 100 ms of the run 8).
 */
export class Lane {
  readonly latency: Histogram = new Histogram();
  readonly schedulingError: Histogram = new Histogram();
  readonly kinds: Map<string, number> = new Map();
  readonly gaps: Gap[] = [];
  attempts = 0;
  acknowledged = 0;
  failed = 0;
  inDoubt = 0;
  firstScheduled: Micros = Number.POSITIVE_INFINITY;
  lastScheduled: Micros = 0;
  lastDone: Micros = 0;
  firstSuccess: Micros | undefined;
  lastSuccess: Micros | undefined;
  /** Operations of clients that wait for messages instead of asking: silence is a failure only if something waits. */
  pushed = 0;
  /** Messages that waited when the last success came. */
  backlog = 0;
  /** By bin of the schedule. */
  readonly #attempts = Column.uint32();
  readonly #served = Column.uint32();
  readonly #sent = Column.float64();
  readonly #done = Column.float64();
  readonly #doubt = Column.uint8();
  #failures = 0;

  /**
   * `backlog`: messages of this group acknowledged and not delivered, after this operation. `isService`: it did for its
   * client what it was for; a pull that brings nothing while messages wait has an answer and serves nobody.
   */
  add(record: OperationRecord, backlog: number, isService: boolean): void {
    this.attempts += 1;
    this.firstScheduled = Math.min(this.firstScheduled, record.scheduled);
    this.lastScheduled = Math.max(this.lastScheduled, record.scheduled);
    this.lastDone = Math.max(this.lastDone, record.done);
    this.schedulingError.add(record.sent - record.scheduled);
    if (record.type === "consume" && record.client !== "hotfire") this.pushed += 1;
    const bin = Math.floor(record.scheduled / binWidth);
    this.#attempts.add(bin, 1);
    if (record.outcome === "acknowledged") {
      this.acknowledged += 1;
      this.latency.add(record.done - record.scheduled);
      if (!isService) return;
      this.#served.add(bin, 1);
      this.#succeed(record.sent, record.done, backlog);
      return;
    }
    if (record.outcome === "failed") this.failed += 1;
    else this.inDoubt += 1;
    this.#sent.set(this.#failures, record.sent);
    this.#done.set(this.#failures, record.done);
    this.#doubt.set(this.#failures, record.outcome === "in-doubt" ? 1 : 0);
    this.#failures += 1;
    const kind = kindOf(record);
    const known = this.kinds.has(kind) || this.kinds.size < maxKinds ? kind : otherCauses;
    this.kinds.set(known, (this.kinds.get(known) ?? 0) + 1);
  }

  /** Mean distance of the operations on schedule; undefined with fewer than two. */
  get spacing(): Micros | undefined {
    if (this.attempts < 2) return undefined;
    return Math.max(1, Math.round((this.lastScheduled - this.firstScheduled) / (this.attempts - 1)));
  }

  *failures(): Generator<{ sent: Micros; done: Micros; outcome: Outcome }> {
    for (let index = 0; index < this.#failures; index += 1) {
      const outcome = this.#doubt.get(index) === 1 ? "in-doubt" : "failed";
      yield { sent: this.#sent.get(index), done: this.#done.get(index), outcome };
    }
  }

  /** Bins in which anything was due, in order. */
  *bins(): Generator<{ at: Micros; attempts: number; served: number }> {
    for (const bin of this.#attempts.indices()) {
      const attempts = this.#attempts.get(bin);
      if (attempts > 0) yield { at: bin * binWidth, attempts, served: this.#served.get(bin) };
    }
  }

  /**
   * A success counts as service by when it was sent: an answer that was under way when the silence began says nothing of what
   * came later, and does not end it.
   */
  #succeed(sent: Micros, at: Micros, backlog: number): void {
    if (this.lastSuccess === undefined) {
      this.firstSuccess = at;
      this.lastSuccess = at;
    } else if (at >= this.lastSuccess) {
      if (at - this.lastSuccess >= minGap) {
        if (sent < this.lastSuccess) return;
        this.gaps.push({ from: this.lastSuccess, to: at, backlog: this.backlog });
      }
      this.lastSuccess = at;
    } else {
      this.firstSuccess = Math.min(this.firstSuccess ?? at, at);
      this.#split(sent, at);
    }
    this.backlog = backlog;
  }

  /** A success that was recorded late lies inside a gap that was believed empty. */
  #split(sent: Micros, at: Micros): void {
    for (let index = this.gaps.length - 1; index >= 0; index -= 1) {
      const gap = this.gaps[index];
      if (gap?.to === undefined || gap.to <= at) return;
      if (gap.from >= at) continue;
      if (sent < gap.from && at - gap.from >= minGap) return;
      const parts = [
        { ...gap, to: at },
        { ...gap, from: at },
      ].filter((part) => part.to !== undefined && part.to - part.from >= minGap);
      this.gaps.splice(index, 1, ...parts);
      return;
    }
  }
}

/** Failures that differ in numbers only (a time, a port, an offset) are of one kind. */
function kindOf({ code, error }: OperationRecord): string {
  if (code !== undefined) return `code ${code}`;
  if (error === undefined) return "no answer";
  return error.replace(/\b(?=[\da-fx]*\d)[\da-f]{8,}\b|\d+(?:\.\d+)*/gi, "N").slice(0, 200);
}
