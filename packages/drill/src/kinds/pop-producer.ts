import { send } from "@hotfire/remoting";
import { messageBody, messageProperties } from "../workload/message.ts";
import { type KindContext, type KindProducer, sendTimeoutMs } from "./kind-producer.ts";

/** Messages like any other; it is how they are read that makes the kind. */
export class PopProducer implements KindProducer {
  readonly perSecond: number;
  /** Two deliveries, each hidden for seconds, and a new master that takes over what its predecessor had hidden. */
  readonly patienceMs = 60_000;
  readonly #context: KindContext;
  sent = 0;

  constructor(context: KindContext) {
    this.#context = context;
    this.perSecond = context.load.rate;
  }

  async fire(turn: number): Promise<void> {
    const { load, groups, post, record, expected } = this.#context;
    const group = groups[turn % groups.length];
    if (group === undefined) return;
    const number = this.sent;
    this.sent += 1;
    const queue = Math.floor(number / groups.length) % load.queuesPerGroup;
    const message = {
      topic: load.topic,
      queueId: queue,
      body: messageBody(number, load.messageBytes),
      properties: messageProperties(number, undefined),
    };
    const { told } = await post.send(group, (client, address) =>
      send(client, address, message, { deadlineMs: sendTimeoutMs }),
    );
    record({ type: "pop-send", number, group, queue, ...told });
    // Done with only when a delivery of it was acknowledged.
    if (told.outcome === "acknowledged") expected.add(number);
  }
}
