/** Where a message goes, and under which ordering key. */
export interface Place {
  readonly group: string;
  readonly queue: number;
  readonly key: string | undefined;
}

export interface Spread {
  readonly groups: readonly string[];
  readonly queuesPerGroup: number;
  /** Ordering keys; 0 = none. */
  readonly keys: number;
}

/**
 * Every place that messages take in turn: round robin over the groups, then over the queues of a group. A key keeps its
 * group and queue for good.
 */
export function placesOf({ groups, queuesPerGroup, keys }: Spread): readonly Place[] {
  const count = keys > 0 ? keys : groups.length * queuesPerGroup;
  return Array.from({ length: count }, (_, index) => {
    const group = groups[index % groups.length];
    if (group === undefined) throw new RangeError("a workload needs a broker group");
    const queue = Math.floor(index / groups.length) % queuesPerGroup;
    return { group, queue, key: keys > 0 ? `key-${index}` : undefined };
  });
}
