import { propertyNames, send } from "@hotfire/remoting";
import { messageBody, messageProperties } from "../workload/message.ts";
import { type KindContext, type KindProducer, sendTimeoutMs } from "./kind-producer.ts";

/** The first ones of RocketMQ's levels, 1, 5 and 10 s by default. */
const levels = 3;
const shortestMs = 1200;
const spreadMs = 7000;

/** Delayed messages, by level and by time in turn, due within seconds. */
export class DelayProducer implements KindProducer {
  readonly perSecond: number;
  readonly patienceMs: number;
  readonly #context: KindContext;
  sent = 0;

  constructor(context: KindContext) {
    this.#context = context;
    this.perSecond = context.load.rate;
    const longest = Math.max(shortestMs + spreadMs, ...context.facts.delayLevels.slice(0, levels));
    this.patienceMs = longest + 20_000;
  }

  async fire(turn: number): Promise<void> {
    const { load, groups, clock, post, facts, record, expected } = this.#context;
    const group = groups[turn % groups.length];
    if (group === undefined) return;
    const number = this.sent;
    this.sent += 1;
    const queue = Math.floor(number / groups.length) % load.queuesPerGroup;
    const level = 1 + (Math.floor(number / 2) % Math.min(levels, facts.delayLevels.length));
    const isByLevel = number % 2 === 0;
    const afterMs = isByLevel
      ? (facts.delayLevels[level - 1] ?? 0)
      : shortestMs + ((number * 7919) % spreadMs);
    const deliverAt = Date.now() + afterMs;
    const delay = isByLevel
      ? { [propertyNames.delayLevel]: String(level) }
      : { [propertyNames.timerDeliverMs]: String(deliverAt) };
    const message = {
      topic: load.topic,
      queueId: queue,
      body: messageBody(number, load.messageBytes),
      properties: { ...messageProperties(number, undefined), ...delay },
    };
    const { told } = await post.send(group, (client, address) =>
      send(client, address, message, { deadlineMs: sendTimeoutMs }),
    );
    record({
      type: "delay-send",
      number,
      group,
      queue,
      ...told,
      by: isByLevel ? "level" : "time",
      ...(isByLevel ? { level } : {}),
      due: isByLevel ? told.sent + afterMs * 1000 : clock.toMicros(new Date(deliverAt)),
    });
    if (told.outcome === "acknowledged") expected.add(number);
  }
}
