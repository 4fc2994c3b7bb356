import { sendBatch } from "@hotfire/remoting";
import { messageBody, messageProperties } from "../workload/message.ts";
import { type KindContext, type KindProducer, sendTimeoutMs } from "./kind-producer.ts";

const size = 8;

/** Several messages in one command. */
export class BatchProducer implements KindProducer {
  readonly perSecond: number;
  readonly patienceMs = 10_000;
  readonly #context: KindContext;
  sent = 0;

  constructor(context: KindContext) {
    this.#context = context;
    this.perSecond = context.load.rate / size;
  }

  async fire(turn: number): Promise<void> {
    const { load, groups, post, record, expected } = this.#context;
    const group = groups[turn % groups.length];
    if (group === undefined) return;
    const number = this.sent;
    this.sent += size;
    const queue = Math.floor(turn / groups.length) % load.queuesPerGroup;
    const numbers = Array.from({ length: size }, (_, index) => number + index);
    const messages = numbers.map((one) => ({
      body: messageBody(one, load.messageBytes),
      properties: messageProperties(one, undefined),
    }));
    const batch = { topic: load.topic, queueId: queue, messages };
    const { told } = await post.send(group, (client, address) =>
      sendBatch(client, address, batch, { deadlineMs: sendTimeoutMs }),
    );
    // A refusal may come behind the first messages (`sendCodeRules`).
    const outcome = told.outcome === "failed" && told.code !== undefined ? "in-doubt" : told.outcome;
    record({ type: "batch-send", number, size, group, queue, ...told, outcome });
    if (outcome === "acknowledged") for (const one of numbers) expected.add(one);
  }
}
