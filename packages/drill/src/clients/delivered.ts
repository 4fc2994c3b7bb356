import { createRemotingClient, maxOffset, type RemotingClient } from "@hotfire/remoting";
import type { OfficialClientOptions } from "./official-client.ts";
import { topicQueues } from "./topic-queues.ts";

const pollMs = 200;
const askMs = 2_000;

/** How far a consumer has come in each queue. */
export class Delivered {
  /** The offset after the furthest message, by group and queue. */
  readonly #next = new Map<string, number>();

  add(group: string, queue: number, offset: number): void {
    const key = `${group}/${queue}`;
    if (offset >= (this.#next.get(key) ?? 0)) this.#next.set(key, offset + 1);
  }

  /** Whether, within the deadline, the consumer is where the brokers' queues end; throws what `failure` says. */
  async reachesBrokers(
    options: OfficialClientOptions,
    deadlineMs: number,
    failure: () => Error | undefined,
  ): Promise<boolean> {
    const deadline = performance.now() + deadlineMs;
    const client = createRemotingClient({ deadlineMs: askMs });
    try {
      while (true) {
        const failed = failure();
        if (failed !== undefined) throw failed;
        // Who cannot be asked may hold anything.
        const behind = await this.#behind(client, options).catch(() => undefined);
        if (behind === 0) return true;
        if (options.signal?.aborted === true || performance.now() + pollMs > deadline) return false;
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    } finally {
      await client.close();
    }
  }

  async #behind(client: RemotingClient, options: OfficialClientOptions): Promise<number> {
    const queues = await topicQueues(client, options);
    const missing = options.groups.find((name) => !queues.some(({ group }) => group === name));
    if (missing !== undefined) throw new Error(`no route to ${missing}`);
    const distances = await Promise.all(
      queues.map(async ({ group, queue, master }) => {
        if (master === undefined) throw new Error(`no master of ${group}`);
        const end = await maxOffset(client, master, { topic: options.topic, queueId: queue });
        return Math.max(0, end - (this.#next.get(`${group}/${queue}`) ?? 0));
      }),
    );
    return distances.reduce((sum, distance) => sum + distance, 0);
  }
}
