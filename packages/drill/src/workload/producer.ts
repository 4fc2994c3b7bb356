import type { Micros, SendRecord } from "@hotfire/judge/history";
import type { Counters } from "./counters.ts";
import { Pacer } from "./pacer.ts";
import { type Place, placesOf } from "./place.ts";
import type { RouteTable } from "./route-table.ts";
import { type Delivery, Sender } from "./sender.ts";
import type { WorkloadOptions } from "./workload-options.ts";

/** Sends on schedule, each message to the master that the route names at that moment. */
export class Producer {
  readonly #options: WorkloadOptions;
  readonly #routes: RouteTable;
  readonly #counters: Counters;
  readonly #places: readonly Place[];
  readonly #sender: Sender;
  #pacer: Pacer | undefined;
  readonly #maxInFlight: number;
  /** Behind the last acknowledged message of each queue, by group and queue. */
  readonly #ends = new Map<string, number>();
  #whenIdle: (() => void) | undefined;

  constructor(options: WorkloadOptions, routes: RouteTable, counters: Counters) {
    this.#options = options;
    this.#routes = routes;
    this.#counters = counters;
    this.#places = placesOf(options);
    // What the schedule can leave open until the first of them times out, and some for a busy machine.
    this.#maxInFlight = Math.ceil((options.rate * options.sendTimeoutMs) / 1000) * 2 + 100;
    this.#sender = new Sender(options, routes, this.#maxInFlight);
  }

  /** The first message is due now. */
  start(): void {
    const { clock, rate } = this.#options;
    this.#pacer = new Pacer({
      rate,
      now: () => clock.now(),
      fire: (sequence, due) => this.#fire(sequence, due),
    });
  }

  /** Offset behind the last acknowledged message of a queue; 0 without one. */
  acknowledgedEnd(group: string, queue: number): number {
    return this.#ends.get(`${group} ${queue}`) ?? 0;
  }

  async stopSending(): Promise<void> {
    this.#pacer?.stop();
    if (this.#counters.inFlight === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenIdle = resolve;
    });
  }

  resumeSending(): void {
    this.#pacer?.resume();
  }

  async stop(): Promise<void> {
    this.#pacer?.stop();
    await this.#sender.close();
    await this.stopSending();
  }

  /**
   * Instead of the schedule, for `forMs`: so many sends of one group in flight, each followed by the next as soon as it
   * has an outcome.
   */
  async burst(group: string, { concurrency, forMs }: BurstOptions): Promise<void> {
    const pacer = this.#pacer;
    const places = this.#places.filter((place) => place.group === group);
    if (pacer === undefined || places.length === 0) return;
    pacer.stop();
    const until = performance.now() + forMs;
    const sender = async () => {
      while (performance.now() < until) {
        const sequence = pacer.take();
        this.#counters.sent = sequence + 1;
        const place = places[sequence % places.length];
        if (place === undefined || this.#routes.route(group).master === undefined) return;
        await this.#send(this.#begin(sequence, place, undefined));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, sender));
    pacer.resume();
  }

  #fire(sequence: number, scheduled: Micros): void {
    this.#counters.sent = sequence + 1;
    const place = this.#places[sequence % this.#places.length];
    if (place === undefined) return;
    const begun = this.#begin(sequence, place, scheduled);
    if (this.#counters.inFlight < this.#maxInFlight) return void this.#send(begun);
    const error = `not sent: ${this.#maxInFlight} in flight`;
    this.#settle(begun, { outcome: "failed", attempts: 1, broker: this.#sender.brokerOf(place), error });
  }

  #begin(sequence: number, place: Place, scheduled: Micros | undefined): Begun {
    const sent = this.#options.clock.now();
    return { sequence, place, scheduled: scheduled ?? sent, sent };
  }

  async #send(begun: Begun): Promise<void> {
    this.#counters.inFlight += 1;
    this.#settle(begun, await this.#sender.deliver(begun.sequence, begun.place));
    this.#counters.inFlight -= 1;
    if (this.#counters.inFlight === 0) this.#whenIdle?.();
  }

  #settle(begun: Begun, delivery: Delivery): void {
    const { sequence, scheduled, sent, place } = begun;
    const { outcome, broker, code, error, result, attempts } = delivery;
    const record: SendRecord = {
      type: "send",
      sequence,
      client: "hotfire",
      scheduled,
      sent,
      done: this.#options.clock.now(),
      group: place.group,
      ...(broker === undefined ? {} : { broker }),
      topic: this.#options.topic,
      queue: place.queue,
      outcome,
      ...(code === undefined ? {} : { code }),
      ...(error === undefined ? {} : { error }),
      ...(place.key === undefined ? {} : { key: place.key }),
      ...(result === undefined ? {} : { offset: result.queueOffset }),
      ...(attempts > 1 ? { attempts } : {}),
    };
    if (outcome === "acknowledged" && result !== undefined) {
      const id = `${place.group} ${place.queue}`;
      this.#ends.set(id, Math.max(this.#ends.get(id) ?? 0, result.queueOffset + 1));
    }
    this.#counters.add(record);
    this.#options.record(record);
  }
}

export interface BurstOptions {
  readonly concurrency: number;
  readonly forMs: number;
}

interface Begun {
  readonly sequence: number;
  readonly scheduled: Micros;
  readonly sent: Micros;
  readonly place: Place;
}
