import { setTimeout as sleep } from "node:timers/promises";
import type { ConsumeRecord, Micros } from "@hotfire/judge/history";
import { consumeOutcome, type SendAnswer } from "@hotfire/judge/history";
import { maxOffset, type PullResult, pull, responseCodes, updateConsumerOffset } from "@hotfire/remoting";
import type { Counters } from "./counters.ts";
import { Links } from "./links.ts";
import { sequenceOf } from "./message.ts";
import { QueuePosition } from "./queue-position.ts";
import { ReplicaChoice } from "./replica-choice.ts";
import type { RouteTable } from "./route-table.ts";
import { answerOfError, errorText } from "./send-answer.ts";
import type { WorkloadOptions } from "./workload-options.ts";

const tickMs = 5;
/** Pulls per second over all queues while none has a backlog. */
const calmPulls = 250;
const shortestPauseMs = 20;
const longestPauseMs = 200;
/** What a broker gives at most for one pull, unless configured otherwise (maxTransferCountOnMessageInMemory). */
const batch = 32;
const commitEveryMs = 1000;
/** A master that owes answers for so long is not told about progress. */
const hungMs = 300;
const drainPollMs = 50;
/** A broker shows a message a moment after it acknowledged it; with acknowledged ones missing, it is given this long. */
const settledMs = { complete: 300, incomplete: 3000 };

const codes: Readonly<Record<PullResult["status"], number>> = {
  found: responseCodes.SUCCESS,
  "no-new-message": responseCodes.PULL_NOT_FOUND,
  "no-matched-message": responseCodes.PULL_RETRY_IMMEDIATELY,
  "offset-illegal": responseCodes.PULL_OFFSET_MOVED,
};

interface Queue {
  readonly group: string;
  readonly id: number;
  readonly choice: ReplicaChoice;
  readonly position: QueuePosition;
  due: Micros;
  isBusy: boolean;
  committed: number;
}

/** Pulls every queue on a schedule, one pull of a queue at a time, without long polling. */
export class Consumer {
  readonly #options: WorkloadOptions;
  readonly #routes: RouteTable;
  readonly #counters: Counters;
  readonly #queues: readonly Queue[];
  readonly #pause: Micros;
  readonly #links: Links;
  #timer: NodeJS.Timeout | undefined;
  #commitTimer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(options: WorkloadOptions, routes: RouteTable, counters: Counters) {
    this.#options = options;
    this.#routes = routes;
    this.#counters = counters;
    const count = options.groups.length * options.queuesPerGroup;
    const pauseMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, (1000 * count) / calmPulls));
    this.#pause = Math.round(pauseMs * 1000);
    this.#queues = options.groups.flatMap((group, groupIndex) => {
      const choice = new ReplicaChoice();
      return Array.from({ length: options.queuesPerGroup }, (_, id): Queue => {
        // Side by side in time, so that a group's pulls are evenly spaced.
        const due = Math.round((this.#pause * (groupIndex * options.queuesPerGroup + id)) / count);
        return { group, id, choice, position: new QueuePosition(), due, isBusy: false, committed: 0 };
      });
    });
    this.#links = new Links({ maxInFlight: count * 4 + 100 });
  }

  start(): void {
    const now = this.#options.clock.now();
    for (const queue of this.#queues) queue.due += now;
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#commitTimer = setInterval(() => this.#commit(), commitEveryMs);
  }

  /**
   * Whether, within the deadline, every queue was read to the end that its master tells, and the masters have told nothing
   * new for a while. `acknowledgedEnd` is the offset behind the last acknowledged message of a queue, as far as known.
   */
  async drained(
    deadlineMs: number,
    acknowledgedEnd: (group: string, queue: number) => number,
  ): Promise<boolean> {
    const until = performance.now() + deadlineMs;
    let drainedSince: number | undefined;
    while (!this.#isStopped) {
      const behind = await Promise.all(this.#queues.map((queue) => this.#isBehind(queue)));
      const now = performance.now();
      if (behind.includes(true)) drainedSince = undefined;
      else drainedSince ??= now;
      const isComplete = this.#queues.every(
        ({ group, id, position }) => position.next >= acknowledgedEnd(group, id),
      );
      const wanted = isComplete ? settledMs.complete : settledMs.incomplete;
      if (drainedSince !== undefined && now - drainedSince >= wanted) return true;
      if (now >= until) return false;
      await sleep(drainPollMs);
    }
    return false;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    clearInterval(this.#commitTimer);
    await this.#links.close();
  }

  #tick(): void {
    const now = this.#options.clock.now();
    for (const queue of this.#queues) if (!queue.isBusy && queue.due <= now) void this.#pull(queue);
  }

  async #pull(queue: Queue): Promise<void> {
    const { clock, topic, consumerGroup, pullTimeoutMs = 1000 } = this.#options;
    const route = this.#routes.route(queue.group);
    const address = queue.choice.choose(route, performance.now());
    const scheduled = queue.due;
    const sent = clock.now();
    queue.isBusy = true;
    let answer: SendAnswer = { kind: "not-sent" };
    let error: string | undefined = "nobody in the route";
    let rows: [number, number][] = [];
    if (address !== undefined) {
      try {
        const query = {
          topic,
          queueId: queue.id,
          offset: queue.position.next,
          maxMessages: batch,
          consumerGroup,
        };
        const result = await this.#links.request(address, (client) =>
          pull(client, address, query, { deadlineMs: pullTimeoutMs }),
        );
        queue.choice.answered(address);
        queue.position.move(result, address === route.master, performance.now());
        rows = result.messages.map((message) => [message.queueOffset, sequenceOf(message)]);
        answer = { kind: "answered", code: codes[result.status] };
        error = undefined;
      } catch (cause) {
        answer = answerOfError(cause);
        error = errorText(cause);
        queue.choice.failed(address, performance.now());
      }
    }
    queue.isBusy = false;
    if (this.#isStopped) return;
    if (error !== undefined) this.#routes.hurry();
    const broker = address === undefined ? undefined : this.#options.brokerOf(address);
    const record: ConsumeRecord = {
      type: "consume",
      client: "hotfire",
      scheduled,
      sent,
      done: clock.now(),
      group: queue.group,
      ...(broker === undefined ? {} : { broker }),
      topic,
      queue: queue.id,
      outcome: consumeOutcome(answer),
      ...(answer.kind === "answered" && answer.code !== 0 ? { code: answer.code } : {}),
      ...(error === undefined ? {} : { error }),
      consumerGroup,
      messages: rows,
    };
    this.#counters.add(record);
    this.#options.record(record);
    queue.due = rows.length >= batch ? record.done : Math.max(record.done, scheduled + this.#pause);
    if (rows.length >= batch) void this.#pull(queue);
  }

  /** Progress for those who look from outside; the consumer itself does not need it. */
  #commit(): void {
    const { topic, consumerGroup } = this.#options;
    for (const queue of this.#queues) {
      const offset = queue.position.next;
      const master = this.#routes.route(queue.group).master;
      if (offset === queue.committed || master === undefined || this.#links.silence(master) > hungMs)
        continue;
      const progress = { topic, consumerGroup, queueId: queue.id, offset };
      this.#links
        .request(master, (client) => updateConsumerOffset(client, master, progress, { deadlineMs: 800 }))
        .then(
          () => {
            queue.committed = offset;
          },
          () => {},
        );
    }
  }

  async #isBehind(queue: Queue): Promise<boolean> {
    const master = this.#routes.route(queue.group).master;
    if (master === undefined) return true;
    const end = await this.#links
      .request(master, (client) =>
        maxOffset(client, master, { topic: this.#options.topic, queueId: queue.id }, { deadlineMs: 1000 }),
      )
      .catch(() => Number.POSITIVE_INFINITY);
    return queue.position.next < end;
  }
}
