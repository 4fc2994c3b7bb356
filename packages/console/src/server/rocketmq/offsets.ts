import { consumerOffset, resetConsumerOffset, topicStats } from "@hotfire/remoting";
import type { OffsetChanges } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { type ClusterAccess, checkConfirmed } from "./access.ts";

/** Moves a group to a time, or to the end, in every queue of a topic. */
export async function moveConsumer(
  access: ClusterAccess,
  topic: string,
  change: { readonly consumer: string; readonly to: number | "end"; readonly confirm: string },
): Promise<OffsetChanges> {
  checkConfirmed(change.consumer, change.confirm);
  const { remoting, options } = access;
  const { answers, missing } = await access.askGroups(async ({ group, address }) => {
    const queues = await topicStats(remoting, address, topic, options).catch(() => []);
    if (queues.length === 0) return [];
    const before = new Map(
      await Promise.all(
        queues.map(async ({ queueId }) => {
          const queue = { consumerGroup: change.consumer, topic, queueId };
          return [queueId, await consumerOffset(remoting, address, queue, options)] as const;
        }),
      ),
    );
    const target = { consumerGroup: change.consumer, topic, to: change.to };
    const moved = await resetConsumerOffset(remoting, address, target, options);
    return moved.map(({ queueId, offset }) => ({
      group,
      queueId,
      before: before.get(queueId) ?? null,
      after: offset,
    }));
  });
  const queues = answers.flatMap(({ value }) => value);
  if (queues.length === 0 && missing.length === 0) {
    throw refuse("RECORD_UNKNOWN_ANYWHERE", { name: topic });
  }
  return { queues, missing: [...missing] };
}
