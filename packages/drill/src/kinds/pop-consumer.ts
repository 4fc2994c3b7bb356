import { setTimeout as sleep } from "node:timers/promises";
import { crc32 } from "node:zlib";
import type { Micros } from "@hotfire/judge/history";
import { ackPopped, changeInvisibleTime, type PoppedMessage, type PopReceipt, pop } from "@hotfire/remoting";
import { sequenceOf } from "../workload/message.ts";
import { type KindContext, sendTimeoutMs } from "./kind-producer.ts";
import type { KindReader } from "./kind-reader.ts";

/** Long enough for an answer on a busy machine, short enough to come again within a drill. */
const invisibleMs = 6000;
const shorterMs = 2000;
const longerMs = 9000;
const pollMs = 500;
const batch = 16;
/** After a pop that failed. */
const pauseMs = 200;

/** What an application does with a message when it comes first; when it comes again it is done with it. */
const plans = ["ack", "leave", "ack", "nack", "ack", "renew"] as const;

interface Delivery {
  readonly group: string;
  readonly number: number;
  readonly popped: Micros;
  readonly receipt: PopReceipt;
}

/**
 * Pops from every group's master, as a SimpleConsumer does: most messages are acknowledged; of others nothing is said, or they are wanted
 * again soon, or hidden for longer and then acknowledged.
 */
export class PopConsumer implements KindReader {
  readonly #context: KindContext;
  readonly #consumerGroup: string;
  readonly #came = new Set<number>();
  readonly #answering = new Set<Promise<void>>();
  readonly #isEmpty = new Map<string, boolean>();
  #reading: Promise<unknown> | undefined;
  #isStopped = false;

  constructor(context: KindContext, consumerGroup: string) {
    this.#context = context;
    this.#consumerGroup = consumerGroup;
  }

  start(): void {
    this.#reading = Promise.all(this.#context.groups.map((group) => this.#read(group)));
  }

  isAtEnd(): Promise<boolean> {
    const isEmpty = this.#context.groups.every((group) => this.#isEmpty.get(group) === true);
    return Promise.resolve(isEmpty && this.#answering.size === 0);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#reading;
    await Promise.all(this.#answering);
  }

  async #read(group: string): Promise<void> {
    while (!this.#isStopped) if (!(await this.#take(group))) await sleep(pauseMs);
  }

  /** Whether the broker answered. */
  async #take(group: string): Promise<boolean> {
    const { post, load, clock, record } = this.#context;
    const { topic } = load;
    const consumerGroup = this.#consumerGroup;
    const query = { topic, consumerGroup, brokerName: group, invisibleMs, pollMs, maxMessages: batch };
    const { told, result } = await post.ask(group, (client, address) => pop(client, address, query));
    this.#isEmpty.set(group, result?.status === "nothing");
    if (result === undefined || result.status === "full") return false;
    if (result.messages.length === 0) return true;
    const popped = clock.toMicros(new Date(result.popTime));
    const { sent, done, broker } = told;
    record({
      type: "pop-take",
      sent,
      done,
      group,
      ...(broker === undefined ? {} : { broker }),
      popped,
      invisible: result.invisibleMs * 1000,
      deliveries: result.messages.map(rowOf),
    });
    for (const { message, receipt } of result.messages) {
      const number = sequenceOf(message);
      if (number < 0) continue;
      const answering = this.#answer({ group, number, popped, receipt }).finally(() =>
        this.#answering.delete(answering),
      );
      this.#answering.add(answering);
    }
    return true;
  }

  async #answer(delivery: Delivery): Promise<void> {
    const plan = this.#came.has(delivery.number) ? "ack" : (plans[delivery.number % plans.length] ?? "ack");
    this.#came.add(delivery.number);
    if (plan === "leave") return;
    if (plan === "nack") {
      await this.#hide(delivery, shorterMs);
      return;
    }
    const held = plan === "renew" ? await this.#hide(delivery, longerMs) : delivery;
    if (held !== undefined) await this.#acknowledge(held);
  }

  async #acknowledge({ group, number, popped, receipt }: Delivery): Promise<void> {
    const { post, record, expected } = this.#context;
    const { told } = await post.ask(group, (client, address) =>
      ackPopped(client, address, receipt, { deadlineMs: sendTimeoutMs }),
    );
    record({ type: "pop-answer", number, popped, answer: "ack", ...told });
    if (told.outcome === "acknowledged") expected.delivered(number);
  }

  /** The delivery as it is held from now on; undefined if that is not known. */
  async #hide(delivery: Delivery, forMs: number): Promise<Delivery | undefined> {
    const { group, number, popped, receipt } = delivery;
    const { post, record, clock } = this.#context;
    const { told, result } = await post.ask(group, (client, address) =>
      changeInvisibleTime(client, address, receipt, forMs, { deadlineMs: sendTimeoutMs }),
    );
    const until =
      result === undefined ? {} : { until: clock.toMicros(new Date(result.popTime + result.invisibleMs)) };
    record({ type: "pop-answer", number, popped, answer: "hide", ...told, ...until });
    return result === undefined ? undefined : { ...delivery, receipt: result.receipt };
  }
}

function rowOf({ message, isRetry }: PoppedMessage) {
  return {
    number: sequenceOf(message),
    retry: isRetry,
    queue: message.queueId,
    offset: message.queueOffset,
    crc: crc32(message.body),
    times: message.reconsumeTimes,
  };
}
