import type { KindLoad, KindRecord } from "@hotfire/judge/history";
import type { RunClock } from "../workload/clock.ts";
import { Pacer } from "../workload/pacer.ts";
import type { BrokerFacts } from "./broker-facts.ts";
import type { Expected } from "./expected.ts";
import type { Post } from "./post.ts";

/** What a kind's producer works with. */
export interface KindContext {
  readonly load: KindLoad;
  readonly groups: readonly string[];
  readonly clock: RunClock;
  readonly post: Post;
  readonly facts: BrokerFacts;
  readonly record: (record: KindRecord) => void;
  /** What has to come. */
  readonly expected: Expected;
}

/** Sends one kind of messages. */
export interface KindProducer {
  /** Events per second that `fire` is called for. */
  readonly perSecond: number;
  /** Sends what is due, if anything. Never rejects. */
  fire(turn: number): Promise<void>;
  /** Messages sent so far, batches counted by their messages. */
  readonly sent: number;
  /** How long after the last send the last message may come, at most. */
  readonly patienceMs: number;
}

/** As the Java client's sendMsgTimeout. */
export const sendTimeoutMs = 3000;

/** Fires a producer on schedule, whatever comes back. */
export class KindPace {
  readonly #producer: KindProducer;
  readonly #clock: RunClock;
  readonly #running = new Set<Promise<void>>();
  #pacer: Pacer | undefined;

  constructor(producer: KindProducer, clock: RunClock) {
    this.#producer = producer;
    this.#clock = clock;
  }

  start(): void {
    this.#pacer = new Pacer({
      rate: this.#producer.perSecond,
      now: () => this.#clock.now(),
      fire: (turn) => {
        const running = this.#producer.fire(turn).finally(() => this.#running.delete(running));
        this.#running.add(running);
      },
    });
  }

  /** Resolves when nothing is under way. */
  async pause(): Promise<void> {
    this.#pacer?.stop();
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  resume(): void {
    this.#pacer?.resume();
  }
}
