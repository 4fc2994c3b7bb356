import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome } from "@hotfire/judge/history";
import { type SendAnswer, sendOutcome } from "@hotfire/judge/history";
import { type SendResult, send } from "@hotfire/remoting";
import { Links } from "./links.ts";
import { messageBody, messageProperties } from "./message.ts";
import type { Place } from "./place.ts";
import type { RouteTable } from "./route-table.ts";
import { answerOf, answerOfError, errorText } from "./send-answer.ts";
import type { WorkloadOptions } from "./workload-options.ts";

/** What became of one message, after all of its attempts. */
export interface Delivery {
  readonly outcome: Outcome;
  /** Node that the last attempt was meant for; absent without a master in the route. */
  readonly broker: string | undefined;
  readonly attempts: number;
  readonly code?: number;
  readonly error?: string | undefined;
  readonly result?: SendResult;
}

interface Attempt {
  readonly broker: string | undefined;
  readonly answer: SendAnswer;
  readonly error?: string;
  readonly result?: SendResult;
}

/** A group that owes answers for so long may have a new master. */
const hurryAfterMs = 150;

/** Sends one message at a time to the master that the route names at that moment, and again as far as `retry` says. */
export class Sender {
  readonly #options: WorkloadOptions;
  readonly #routes: RouteTable;
  readonly #links: Links;
  #isClosed = false;

  constructor(options: WorkloadOptions, routes: RouteTable, maxInFlight: number) {
    this.#options = options;
    this.#routes = routes;
    this.#links = new Links({ maxInFlight });
  }

  /** Never rejects: whatever happens is an outcome. All attempts together have the send's time. */
  async deliver(sequence: number, place: Place): Promise<Delivery> {
    const { sendTimeoutMs, retry = { times: 0, afterMs: 0 } } = this.#options;
    const until = performance.now() + sendTimeoutMs;
    let wasInDoubt = false;
    for (let attempts = 1; ; attempts += 1) {
      const tried = await this.#attempt(sequence, place, until - performance.now());
      const outcome = sendOutcome(tried.answer);
      const hasTime = performance.now() + retry.afterMs < until;
      if (outcome === "acknowledged" || attempts > retry.times || !hasTime || this.#isClosed) {
        return describe(tried, attempts, outcome === "failed" && wasInDoubt ? "in-doubt" : outcome);
      }
      wasInDoubt ||= outcome === "in-doubt";
      await sleep(retry.afterMs);
    }
  }

  /** Node to which the route of this moment leads. */
  brokerOf({ group }: Place): string | undefined {
    return this.#brokerOf(this.#routes.route(group).master);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#links.close();
  }

  async #attempt(sequence: number, place: Place, deadlineMs: number): Promise<Attempt> {
    const { topic, messageBytes } = this.#options;
    const address = this.#routes.route(place.group).master;
    const broker = this.#brokerOf(address);
    if (address === undefined) {
      this.#routes.hurry();
      return { broker, answer: { kind: "not-sent" }, error: "no master in the route" };
    }
    const message = {
      topic,
      queueId: place.queue,
      body: messageBody(sequence, messageBytes),
      properties: messageProperties(sequence, place.key),
    };
    if (this.#links.silence(address) > hurryAfterMs) this.#routes.hurry();
    try {
      const result = await this.#links.request(address, (client) =>
        send(client, address, message, { deadlineMs }),
      );
      return { broker, answer: answerOf(result), result };
    } catch (error) {
      this.#routes.hurry();
      return { broker, answer: answerOfError(error), error: errorText(error) };
    }
  }

  #brokerOf(address: string | undefined): string | undefined {
    return address === undefined ? undefined : this.#options.brokerOf(address);
  }
}

function describe({ broker, answer, error, result }: Attempt, attempts: number, outcome: Outcome): Delivery {
  return {
    outcome,
    broker,
    attempts,
    error,
    ...(answer.kind === "answered" && answer.code !== 0 ? { code: answer.code } : {}),
    ...(result === undefined ? {} : { result }),
  };
}
