import { setTimeout as sleep } from "node:timers/promises";
import type { FifoSendRecord } from "@hotfire/judge/history";
import { send } from "@hotfire/remoting";
import { messageBody, messageProperties } from "../workload/message.ts";
import { type KindContext, type KindProducer, sendTimeoutMs } from "./kind-producer.ts";

const groupsPerBroker = 8;
const retryAfterMs = 100;

/**
 * Ordered messages as an application sends them: each message group has a queue, and its next message is sent when the one before is acknowledged or
 * given up. A send that fails or is in doubt is tried again as far as its time allows, since giving up would be a hole.
 */
export class FifoProducer implements KindProducer {
  readonly perSecond: number;
  readonly patienceMs = 10_000;
  readonly #context: KindContext;
  readonly #busy = new Set<number>();
  sent = 0;

  constructor(context: KindContext) {
    this.#context = context;
    this.perSecond = context.load.rate;
  }

  async fire(turn: number): Promise<void> {
    const { groups, load } = this.#context;
    const messageGroup = turn % (groups.length * groupsPerBroker);
    const group = groups[messageGroup % groups.length];
    // One that has not its answer yet loses its turn.
    if (group === undefined || this.#busy.has(messageGroup)) return;
    this.#busy.add(messageGroup);
    const queue = Math.floor(messageGroup / groups.length) % load.queuesPerGroup;
    await this.#send(group, queue, `orders-${messageGroup}`);
    this.#busy.delete(messageGroup);
  }

  async #send(group: string, queue: number, messageGroup: string): Promise<void> {
    const { load, post, record, expected } = this.#context;
    const number = this.sent;
    this.sent += 1;
    const message = {
      topic: load.topic,
      queueId: queue,
      body: messageBody(number, load.messageBytes),
      properties: messageProperties(number, messageGroup),
    };
    const until = performance.now() + sendTimeoutMs;
    let told: Omit<FifoSendRecord, "attempts"> | undefined;
    for (let attempts = 1; ; attempts += 1) {
      const posted = await post.send(group, (client, address) =>
        send(client, address, message, { deadlineMs: Math.max(1, until - performance.now()) }),
      );
      const begun = told?.sent ?? posted.told.sent;
      // A refusal behind an attempt in doubt leaves it in doubt.
      const outcome =
        posted.told.outcome === "failed" && told?.outcome === "in-doubt" ? "in-doubt" : posted.told.outcome;
      told = { type: "fifo-send", number, group, queue, messageGroup, ...posted.told, sent: begun, outcome };
      if (outcome === "acknowledged" || performance.now() + retryAfterMs >= until) {
        record({ ...told, attempts });
        if (outcome === "acknowledged") expected.add(number);
        return;
      }
      await sleep(retryAfterMs);
    }
  }
}
