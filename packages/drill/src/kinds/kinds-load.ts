import { setTimeout as sleep } from "node:timers/promises";
import type { KindLoad, KindRecord } from "@hotfire/judge/history";
import type { RunClock } from "../workload/clock.ts";
import { Links } from "../workload/links.ts";
import { RouteTable } from "../workload/route-table.ts";
import { BatchProducer } from "./batch-producer.ts";
import { askBrokerFacts } from "./broker-facts.ts";
import { DelayProducer } from "./delay-producer.ts";
import { Expected } from "./expected.ts";
import { FifoProducer } from "./fifo-producer.ts";
import { KindConsumer } from "./kind-consumer.ts";
import { type KindContext, KindPace, type KindProducer } from "./kind-producer.ts";
import type { KindReader } from "./kind-reader.ts";
import { LargeProducer } from "./large-producer.ts";
import { PopConsumer } from "./pop-consumer.ts";
import { PopProducer } from "./pop-producer.ts";
import { Post } from "./post.ts";
import { TransactionProducer } from "./transaction-producer.ts";

export interface KindsOptions {
  readonly clock: RunClock;
  readonly record: (record: KindRecord) => void;
  readonly namesrvs: () => readonly string[];
  readonly brokerOf: (address: string) => string | undefined;
  readonly groups: readonly string[];
  readonly consumerGroup: string;
  /** At least one. */
  readonly loads: readonly KindLoad[];
}

interface Running {
  readonly context: KindContext;
  readonly producer: KindProducer;
  readonly pace: KindPace;
  readonly consumer: KindReader;
}

const routeDeadlineMs = 10_000;
const maxInFlight = 1000;
const heartbeatEveryMs = 250;
const drainPollMs = 200;
/** What should never come has this long to come, once all is there that should. */
const settledMs = 2000;
/** Beyond a kind's patience, for a queue whose end cannot be read. */
const extraMs = 10_000;

/** Every kind of a load besides the plain one: sends, reads, answers checks, and says when all had its time. */
export class KindsLoad {
  readonly #options: KindsOptions;
  readonly #routes: RouteTable;
  readonly #links: Links;
  readonly #post: Post;
  readonly #begun: Promise<void>;
  #running: readonly Running[] = [];
  #transactions: TransactionProducer | undefined;
  #heart: NodeJS.Timeout | undefined;
  #stoppedAt = 0;
  #isClosed = false;

  constructor(options: KindsOptions) {
    const { clock, brokerOf, namesrvs, loads, groups } = options;
    this.#options = options;
    this.#routes = new RouteTable({ namesrvs, topic: loads[0]?.topic ?? "" });
    this.#links = new Links({
      maxInFlight,
      onOneWay: (address, frame) => this.#transactions?.onOneWay(address, frame),
    });
    this.#post = new Post({ clock, brokerOf, routes: this.#routes, links: this.#links });
    this.#begun = this.#begin(groups);
    this.#begun.catch(() => undefined);
  }

  /** Resolves when it sends; rejects when a broker's configuration cannot be read. */
  get ready(): Promise<void> {
    return this.#begun;
  }

  async pause(): Promise<void> {
    await this.#begun;
    await Promise.all(this.#running.map(({ pace }) => pace.pause()));
  }

  async resume(): Promise<void> {
    await this.#begun;
    for (const { pace } of this.#running) pace.resume();
  }

  async stopSending(): Promise<void> {
    await this.pause();
    this.#stoppedAt = performance.now();
    const { record, clock } = this.#options;
    for (const { context, producer } of this.#running)
      record({ type: "kind-stopped", at: clock.now(), kind: context.load.kind, sent: producer.sent });
  }

  /** Whether all that had to come came, or had its time. */
  async drained(): Promise<boolean> {
    const all = await Promise.all(this.#running.map((one) => this.#drain(one)));
    return all.every((isDone) => isDone);
  }

  async stop(): Promise<void> {
    this.#isClosed = true;
    await this.#begun.catch(() => undefined);
    clearInterval(this.#heart);
    const sending = this.#running.map(({ pace }) => pace.pause());
    const reading = this.#running.map(({ consumer }) => consumer.stop());
    await this.#links.close();
    await Promise.all([...sending, ...reading, this.#routes.close()]);
  }

  async #begin(groups: readonly string[]): Promise<void> {
    const { clock, record, loads, consumerGroup } = this.#options;
    await this.#routes.complete(groups, routeDeadlineMs);
    const facts = await askBrokerFacts(this.#post, groups[0] ?? "");
    if (this.#isClosed) return;
    this.#running = loads.map((load) => {
      const context = { load, groups, clock, post: this.#post, facts, record, expected: new Expected() };
      const producer = this.#producer(context);
      const pace = new KindPace(producer, clock);
      return { context, producer, pace, consumer: reader(context, consumerGroup) };
    });
    await this.#transactions?.heartbeat();
    this.#heart = setInterval(() => void this.#transactions?.heartbeat(), heartbeatEveryMs);
    for (const { pace, consumer } of this.#running) {
      consumer.start();
      pace.start();
    }
  }

  #producer(context: KindContext): KindProducer {
    switch (context.load.kind) {
      case "fifo":
        return new FifoProducer(context);
      case "delay":
        return new DelayProducer(context);
      case "transaction":
        this.#transactions = new TransactionProducer(context);
        return this.#transactions;
      case "batch":
        return new BatchProducer(context);
      case "large":
        return new LargeProducer(context);
      case "pop":
        return new PopProducer(context);
    }
  }

  async #drain({ context, producer, consumer }: Running): Promise<boolean> {
    const patient = this.#stoppedAt + producer.patienceMs;
    let since: number | undefined;
    let isDone = false;
    while (!this.#isClosed && !isDone) {
      const isAtEnd = await consumer.isAtEnd();
      const now = performance.now();
      const hadAll = context.expected.isComplete || now > patient;
      if (isAtEnd && hadAll) since ??= now;
      else since = undefined;
      isDone = since !== undefined && now - since >= settledMs;
      if (now > patient + extraMs) break;
      if (!isDone) await sleep(drainPollMs);
    }
    const { clock, record } = this.#options;
    record({ type: "kind-drained", at: clock.now(), kind: context.load.kind, complete: isDone });
    return isDone;
  }
}

function reader(context: KindContext, consumerGroup: string): KindReader {
  const { kind } = context.load;
  return kind === "pop" ? new PopConsumer(context, consumerGroup) : new KindConsumer(context, consumerGroup);
}
