import { crc32 } from "node:zlib";
import { compressBody, send, sysFlags } from "@hotfire/remoting";
import { messageBody, messageProperties } from "../workload/message.ts";
import type { KindContext, KindProducer } from "./kind-producer.ts";

/** A body of 4 MiB takes its time on a busy machine. */
const deadlineMs = 10_000;
const smaller = [100_000, 1_048_576] as const;

/** Large bodies up to what the broker takes, every second one compressed as the Java client does it. */
export class LargeProducer implements KindProducer {
  readonly perSecond: number;
  readonly patienceMs = 20_000;
  readonly #context: KindContext;
  sent = 0;

  constructor(context: KindContext) {
    this.#context = context;
    this.perSecond = context.load.rate;
  }

  async fire(turn: number): Promise<void> {
    const { load, groups, post, facts, record, expected } = this.#context;
    const group = groups[turn % groups.length];
    if (group === undefined) return;
    const number = this.sent;
    this.sent += 1;
    const queue = Math.floor(turn / groups.length) % load.queuesPerGroup;
    const sizes = [...smaller, facts.maxMessageSize];
    const bytes = Math.min(facts.maxMessageSize, sizes[Math.floor(number / 2) % sizes.length] ?? smaller[0]);
    const isCompressed = number % 2 === 1;
    const body = isCompressed ? text(number, bytes) : messageBody(number, bytes);
    const wire = isCompressed ? compressBody(body) : body;
    const message = {
      topic: load.topic,
      queueId: queue,
      body: wire,
      properties: messageProperties(number, undefined),
      sysFlag: isCompressed ? sysFlags.compressedWithZlib : 0,
    };
    const { told } = await post.send(group, (client, address) =>
      send(client, address, message, { deadlineMs }),
    );
    record({
      type: "large-send",
      number,
      group,
      queue,
      ...told,
      bytes,
      ...(isCompressed ? { compressedBytes: wire.length } : {}),
      crc: crc32(body),
    });
    if (told.outcome === "acknowledged") expected.add(number);
  }
}

/** What compresses well, as an application's text does. */
function text(number: number, bytes: number): Buffer {
  return Buffer.alloc(bytes, `order ${number}: one line of many that are alike. `);
}
