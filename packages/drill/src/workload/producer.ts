import { type SendResult, send } from "@hotfire/remoting";
import type { Micros } from "../history/micros.ts";
import type { SendRecord } from "../history/operations.ts";
import { type SendAnswer, sendOutcome } from "../history/outcome.ts";
import type { Counters } from "./counters.ts";
import { Links } from "./links.ts";
import { messageBody, messageProperties } from "./message.ts";
import { Pacer } from "./pacer.ts";
import { type Place, placesOf } from "./place.ts";
import type { RouteTable } from "./route-table.ts";
import { answerOf, answerOfError, errorText } from "./send-answer.ts";
import type { WorkloadOptions } from "./workload-options.ts";

/** A group that owes answers for so long may have a new master. */
const hurryAfterMs = 150;

/** Sends on schedule, each message to the master that the route names at that moment. */
export class Producer {
  readonly #options: WorkloadOptions;
  readonly #routes: RouteTable;
  readonly #counters: Counters;
  readonly #places: readonly Place[];
  readonly #links: Links;
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
    this.#links = new Links({ maxInFlight: this.#maxInFlight });
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

  async stop(): Promise<void> {
    this.#pacer?.stop();
    await this.#links.close();
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
        const address = this.#routes.route(group).master;
        if (place === undefined || address === undefined) return;
        const sent = this.#options.clock.now();
        const begun = { sequence, scheduled: sent, sent, place, broker: this.#nodeOf(address) };
        await this.#send(begun, address);
      }
    };
    await Promise.all(Array.from({ length: concurrency }, sender));
    pacer.resume();
  }

  #fire(sequence: number, scheduled: Micros): void {
    const { clock } = this.#options;
    this.#counters.sent = sequence + 1;
    const place = this.#places[sequence % this.#places.length];
    if (place === undefined) return;
    const address = this.#routes.route(place.group).master;
    const begun = { sequence, scheduled, sent: clock.now(), place, broker: this.#nodeOf(address) };
    if (address === undefined) {
      this.#routes.hurry();
      this.#settle(begun, { kind: "not-sent" }, "no master in the route");
    } else if (this.#counters.inFlight >= this.#maxInFlight) {
      this.#settle(begun, { kind: "not-sent" }, `not sent: ${this.#maxInFlight} in flight`);
    } else void this.#send(begun, address);
  }

  async #send(begun: Begun, address: string): Promise<void> {
    const { topic, messageBytes, sendTimeoutMs } = this.#options;
    const { sequence, place } = begun;
    const message = {
      topic,
      queueId: place.queue,
      body: messageBody(sequence, messageBytes),
      properties: messageProperties(sequence, place.key),
    };
    this.#counters.inFlight += 1;
    if (this.#links.silence(address) > hurryAfterMs) this.#routes.hurry();
    try {
      const result = await this.#links.request(address, (client) =>
        send(client, address, message, { deadlineMs: sendTimeoutMs }),
      );
      this.#settle(begun, answerOf(result), undefined, result);
    } catch (error) {
      this.#routes.hurry();
      this.#settle(begun, answerOfError(error), errorText(error));
    } finally {
      this.#counters.inFlight -= 1;
      if (this.#counters.inFlight === 0) this.#whenIdle?.();
    }
  }

  #settle(begun: Begun, answer: SendAnswer, error: string | undefined, result?: SendResult): void {
    const { sequence, scheduled, sent, place, broker } = begun;
    const outcome = sendOutcome(answer);
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
      ...(answer.kind === "answered" && answer.code !== 0 ? { code: answer.code } : {}),
      ...(error === undefined ? {} : { error }),
      ...(place.key === undefined ? {} : { key: place.key }),
      ...(result === undefined ? {} : { offset: result.queueOffset }),
    };
    if (outcome === "acknowledged" && result !== undefined) {
      const id = `${place.group} ${place.queue}`;
      this.#ends.set(id, Math.max(this.#ends.get(id) ?? 0, result.queueOffset + 1));
    }
    this.#counters.add(record);
    this.#options.record(record);
  }

  #nodeOf(address: string | undefined): string | undefined {
    return address === undefined ? undefined : this.#options.nodeOf(address);
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
  readonly broker: string | undefined;
}
