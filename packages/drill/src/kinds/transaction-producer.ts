import type { HalfSendRecord } from "@hotfire/judge/history";
import {
  checkedTransaction,
  decodeMessageId,
  endTransaction,
  type HalfMessage,
  producerHeartbeat,
  propertyNames,
  type RemotingFrame,
  send,
  sysFlags,
  type TransactionDecision,
} from "@hotfire/remoting";
import { messageBody, messageProperties } from "../workload/message.ts";
import { type KindContext, type KindProducer, sendTimeoutMs } from "./kind-producer.ts";

const plans = ["commit", "rollback", "commit-when-asked", "rollback-when-asked"] as const;
const heartbeatMs = 2000;
/** A broker looks at its half messages in turns; one that is due just after a turn waits for the next one. */
const turnsToAsk = 2;

interface Transaction {
  readonly number: number;
  readonly decision: TransactionDecision;
}

/**
 * Transactions that are committed or rolled back at once, or left unknown until the broker asks. A half message that was not acknowledged is rolled
 * back when it is asked for, as the Java client does: its local transaction never ran.
 */
export class TransactionProducer implements KindProducer {
  readonly perSecond: number;
  readonly patienceMs: number;
  readonly #context: KindContext;
  readonly #producerGroup: string;
  readonly #begun = new Map<string, Transaction>();
  #nextHeartbeat = 0;
  sent = 0;

  constructor(context: KindContext) {
    const { load, facts } = context;
    this.#context = context;
    this.perSecond = load.rate;
    this.#producerGroup = `${load.topic}-producer`;
    this.patienceMs = facts.transactionTimeout + turnsToAsk * facts.transactionCheckInterval + 20_000;
  }

  async fire(turn: number): Promise<void> {
    const { load, groups, post, record, expected } = this.#context;
    const group = groups[turn % groups.length];
    if (group === undefined) return;
    const number = this.sent;
    this.sent += 1;
    const plan = plans[Math.floor(number / groups.length) % plans.length] ?? "commit";
    const queue = Math.floor(number / groups.length / plans.length) % load.queuesPerGroup;
    const uniqueKey = `${load.topic}-${number}`;
    const message = {
      topic: load.topic,
      queueId: queue,
      body: messageBody(number, load.messageBytes),
      producerGroup: this.#producerGroup,
      sysFlag: sysFlags.transactionPrepared,
      properties: {
        ...messageProperties(number, undefined),
        [propertyNames.uniqueKey]: uniqueKey,
        [propertyNames.transactionPrepared]: "true",
        [propertyNames.producerGroup]: this.#producerGroup,
      },
    };
    const { told, result } = await post.send(group, (client, address) =>
      send(client, address, message, { deadlineMs: sendTimeoutMs }),
    );
    const isBegun = told.outcome === "acknowledged";
    const decision = isBegun && plan.startsWith("commit") ? "commit" : "rollback";
    this.#begun.set(uniqueKey, { number, decision });
    record({ type: "half-send", number, group, queue, ...told, plan });
    if (!isBegun || result === undefined) return;
    expected.undecided(number);
    if (decision === "commit") expected.add(number);
    const half = {
      topic: load.topic,
      producerGroup: this.#producerGroup,
      uniqueKey,
      commitLogOffset: decodeMessageId(result.offsetMessageId).commitLogOffset,
      queueOffset: result.queueOffset,
    };
    if (isAtOnce(plan)) await this.#end(group, { number, decision }, half);
  }

  /** A broker asks about a transaction. */
  onOneWay(address: string, frame: RemotingFrame): void {
    const question = checkedTransaction(frame);
    const begun = question === undefined ? undefined : this.#begun.get(question.uniqueKey);
    if (question === undefined || begun === undefined) return;
    const { load, clock } = this.#context;
    const half = { topic: load.topic, producerGroup: this.#producerGroup, ...question };
    void this.#answer(address, clock.now(), begun, half);
  }

  /** Keeps the producer known to every master: a broker asks those only that it has heard of. */
  async heartbeat(): Promise<void> {
    const now = performance.now();
    if (now < this.#nextHeartbeat) return;
    this.#nextHeartbeat = now + heartbeatMs;
    const producer = { clientId: `hotfire@${process.pid}`, producerGroup: this.#producerGroup };
    await Promise.all(
      this.#context.groups.map((group) =>
        this.#context.post.ask(group, (client, address) =>
          producerHeartbeat(client, address, producer, { deadlineMs: heartbeatMs }),
        ),
      ),
    );
  }

  async #end(group: string, { number, decision }: Transaction, half: HalfMessage): Promise<void> {
    const { post, record } = this.#context;
    const { told } = await post.ask(group, (client, address) =>
      endTransaction(client, address, half, decision, { deadlineMs: sendTimeoutMs }),
    );
    record({ type: "transaction-end", number, decision, ...told });
    if (told.outcome === "acknowledged") this.#context.expected.decided(number);
  }

  async #answer(
    address: string,
    asked: number,
    { number, decision }: Transaction,
    half: HalfMessage,
  ): Promise<void> {
    const { post, record, expected } = this.#context;
    const { told } = await post.askAt(address, (client) =>
      endTransaction(client, address, half, decision, { deadlineMs: sendTimeoutMs, fromCheck: true }),
    );
    record({ type: "transaction-check", number, asked, decision, ...told });
    if (told.outcome === "acknowledged") expected.decided(number);
  }
}

function isAtOnce(plan: HalfSendRecord["plan"]): boolean {
  return plan === "commit" || plan === "rollback";
}
