import type { KindRule } from "../../history/expectation.ts";
import type { ApplicationKind } from "../../history/kind-records.ts";
import type { Micros } from "../../history/micros.ts";

/** How often a rule was broken, and one case in a sentence. */
export interface KindViolation {
  readonly rule: KindRule;
  readonly count: number;
  /** As "delay message 17 was delivered 1.2 s early". */
  readonly first: string;
}

/** What became of one kind's messages. Counts are messages. */
export interface KindFindings {
  readonly kind: ApplicationKind;
  readonly sent: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly inDoubt: number;
  /** That reached the consumer at least once. */
  readonly delivered: number;
  /** All of it was given its time, and every queue read to its end. */
  readonly drained: boolean;
  /** Stored at more than one place, as RocketMQ may where a send was repeated, or a delayed or half message was moved twice. */
  readonly duplicates: number;
  /** Longest time between two acknowledged sends of one broker group. */
  readonly longestGap: Micros | undefined;
  /** Of delayed messages, from when they were due. */
  readonly lateness: { readonly p50: Micros; readonly p99: Micros; readonly max: Micros } | undefined;
  /** What else a person wants to know, as `asked by brokers: 12`. */
  readonly figures: Readonly<Record<string, number>>;
  readonly violations: readonly KindViolation[];
  /** What of its load or its reading is not shown, in words. */
  readonly problems: readonly string[];
}

/** Collects the cases of one rule. */
export class Cases {
  readonly #rule: KindRule;
  #count = 0;
  #first = "";

  constructor(rule: KindRule) {
    this.#rule = rule;
  }

  add(sentence: string): void {
    if (this.#count === 0) this.#first = sentence;
    this.#count += 1;
  }

  get violations(): KindViolation[] {
    return this.#count === 0 ? [] : [{ rule: this.#rule, count: this.#count, first: this.#first }];
  }
}
