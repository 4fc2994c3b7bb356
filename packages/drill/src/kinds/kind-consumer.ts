import { setTimeout as sleep } from "node:timers/promises";
import { crc32 } from "node:zlib";
import { maxOffset, pull } from "@hotfire/remoting";
import { sequenceOf } from "../workload/message.ts";
import { QueuePosition } from "../workload/queue-position.ts";
import type { KindContext } from "./kind-producer.ts";
import type { KindReader } from "./kind-reader.ts";

/** Between two pulls of a queue that has nothing new; of delayed messages it is what lateness is measured to. */
const pauseMs = { delay: 50, others: 200 };
/** A body of 4 MiB on a busy machine. */
const deadlineMs = 4000;
const batch = 32;

interface Queue {
  readonly group: string;
  readonly id: number;
  readonly position: QueuePosition;
}

/** Reads every queue of a kind's topic from its master, each message in its turn. */
export class KindConsumer implements KindReader {
  readonly #context: KindContext;
  readonly #consumerGroup: string;
  readonly #queues: readonly Queue[];
  #reading: Promise<unknown> | undefined;
  #isStopped = false;

  constructor(context: KindContext, consumerGroup: string) {
    const { groups, load } = context;
    this.#context = context;
    this.#consumerGroup = consumerGroup;
    this.#queues = groups.flatMap((group) =>
      Array.from({ length: load.queuesPerGroup }, (_, id) => ({ group, id, position: new QueuePosition() })),
    );
  }

  start(): void {
    this.#reading = Promise.all(this.#queues.map((queue) => this.#read(queue)));
  }

  /** Whether every queue was read to the end that its master tells now. */
  async isAtEnd(): Promise<boolean> {
    const { post, load } = this.#context;
    const ends = await Promise.all(
      this.#queues.map(async ({ group, id, position }) => {
        const query = { topic: load.topic, queueId: id };
        const { result } = await post.ask(group, (client, address) =>
          maxOffset(client, address, query, { deadlineMs: 1000 }),
        );
        return result !== undefined && position.next >= result;
      }),
    );
    return ends.every((isRead) => isRead);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#reading;
  }

  async #read(queue: Queue): Promise<void> {
    const pause = this.#context.load.kind === "delay" ? pauseMs.delay : pauseMs.others;
    while (!this.#isStopped) {
      const count = await this.#pull(queue);
      if (count < batch) await sleep(pause);
    }
  }

  async #pull({ group, id, position }: Queue): Promise<number> {
    const { post, load, record, expected } = this.#context;
    const query = {
      topic: load.topic,
      queueId: id,
      offset: position.next,
      maxMessages: batch,
      consumerGroup: this.#consumerGroup,
    };
    const { told, result } = await post.ask(group, (client, address) =>
      pull(client, address, query, { deadlineMs }),
    );
    if (result === undefined || this.#isStopped) return 0;
    position.move(result, true, performance.now());
    if (result.messages.length === 0) return 0;
    const rows = result.messages.map((message): [number, number, number] => [
      message.queueOffset,
      sequenceOf(message),
      crc32(message.body),
    ]);
    const { sent, done, broker } = told;
    const where = { group, ...(broker === undefined ? {} : { broker }), queue: id };
    record({ type: "kind-consume", kind: load.kind, sent, done, ...where, messages: rows });
    for (const [, number] of rows) if (number >= 0) expected.delivered(number);
    return rows.length;
  }
}
