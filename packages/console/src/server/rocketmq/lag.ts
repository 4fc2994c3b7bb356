import { allConsumeStats, consumeDelays, consumeStats, type QueueProgress } from "@hotfire/remoting";
import type { ConsumerLag, LaggingConsumers } from "../../api/index.ts";
import type { ClusterAccess, Source } from "./access.ts";
import { isSystemGroup } from "./system-groups.ts";

interface GroupProgress {
  readonly tps: number;
  readonly queues: readonly QueueProgress[];
}

/** How many groups the Cluster page shows. */
const mostLagging = 5;

/**
 * Messages behind, at most: clients store their offset every few seconds, so they may be further. Null where no offset is stored:
 * that is not known, and not nothing.
 */
export function lagOf(
  queues: readonly Pick<QueueProgress, "brokerOffset" | "consumerOffset">[],
): number | null {
  if (queues.length === 0) return null;
  return queues.reduce((sum, queue) => sum + Math.max(0, queue.brokerOffset - queue.consumerOffset), 0);
}

/** Every group's progress at one broker: one request, and one more for each group that reads a topic that is drained. */
async function progressAt(
  { remoting, options }: ClusterAccess,
  { address }: Source,
): Promise<ReadonlyMap<string, GroupProgress>> {
  const all = await allConsumeStats(remoting, address, options);
  const whole = await Promise.all(
    [...all].map(async ([consumerGroup, stats]) => {
      const isCut = stats.some(({ queues }) => queues.length === 0);
      const parts = isCut ? [await consumeStats(remoting, address, { consumerGroup }, options)] : stats;
      return [
        consumerGroup,
        {
          tps: parts.reduce((sum, { consumeTps }) => sum + consumeTps, 0),
          queues: parts.flatMap(({ queues }) => queues),
        },
      ] as const;
    }),
  );
  return new Map(whole);
}

async function survey(access: ClusterAccess) {
  const { answers, missing } = await access.askGroups((source) => progressAt(access, source));
  const groups = new Map<string, { source: Source; progress: GroupProgress }[]>();
  for (const { source, value } of answers) {
    for (const [name, progress] of value) {
      groups.set(name, [...(groups.get(name) ?? []), { source, progress }]);
    }
  }
  return { groups, missing };
}

/** How far behind every consumer group is, so that all can be sorted by it. */
export async function consumerLag(access: ClusterAccess): Promise<ConsumerLag> {
  const { groups, missing } = await survey(access);
  return {
    at: Date.now(),
    consumers: [...groups].map(([name, parts]) => ({
      name,
      lag: lagOf(parts.flatMap(({ progress }) => progress.queues)),
      tps: parts.reduce((sum, { progress }) => sum + progress.tps, 0),
    })),
    missing: [...missing],
  };
}

/** The groups that are furthest behind, by messages, and by how much time the oldest message has waited for each. */
export async function laggingConsumers(access: ClusterAccess): Promise<LaggingConsumers> {
  const { groups, missing } = await survey(access);
  const behind = [...groups]
    .filter(([name]) => !isSystemGroup(name))
    .map(([name, parts]) => ({
      name,
      parts,
      lag: lagOf(parts.flatMap(({ progress }) => progress.queues)) ?? 0,
    }))
    .filter(({ lag }) => lag > 0)
    .sort((a, b) => b.lag - a.lag || (a.name < b.name ? -1 : 1));
  const consumers = await Promise.all(
    behind.slice(0, mostLagging).map(async ({ name, parts, lag }) => {
      const delays = await Promise.all(
        parts.flatMap(({ source, progress }) =>
          laggingTopics(progress).map((topic) => delayOf(access, source, name, topic)),
        ),
      );
      const known = delays.flatMap((delay) => delay ?? []);
      return { name, lag, behindMs: known.length === 0 ? null : Math.max(...known) };
    }),
  );
  return { at: Date.now(), consumers, more: Math.max(0, behind.length - mostLagging), missing: [...missing] };
}

function laggingTopics({ queues }: GroupProgress): readonly string[] {
  const behind = queues.filter(({ brokerOffset, consumerOffset }) => brokerOffset > consumerOffset);
  return [...new Set(behind.map(({ topic }) => topic))];
}

async function delayOf(
  { remoting, options }: ClusterAccess,
  { address }: Source,
  consumerGroup: string,
  topic: string,
): Promise<number | undefined> {
  const delays = await consumeDelays(remoting, address, { consumerGroup, topic }, options).catch(() => []);
  const known = delays.flatMap(({ delayMs }) => delayMs ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}
