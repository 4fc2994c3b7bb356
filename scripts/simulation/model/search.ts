import { broken, type Limits, type Mends, next, type State } from "./sets-and-epochs.ts";

export interface Search {
  readonly states: number;
  /** The shortest way to a state in which something is broken, step by step, or undefined. */
  readonly story: readonly string[] | undefined;
}

interface Reached {
  readonly state: State;
  readonly what: string;
  readonly before: Reached | undefined;
}

/** Breadth first through everything that can happen within so many steps: the first broken state is among the nearest ones. */
export function search(from: readonly State[], mends: Mends, limits: Limits, steps: number): Search {
  const seen = new Set(from.map(keyOf));
  let front: Reached[] = from.map((state) => ({ state, what: "begin", before: undefined }));
  for (let step = 0; step < steps && front.length > 0; step++) {
    const further: Reached[] = [];
    for (const reached of front) {
      for (const { what, state } of next(reached.state, mends, limits)) {
        const key = keyOf(state);
        if (seen.has(key)) continue;
        seen.add(key);
        const there = { state, what, before: reached };
        const fault = broken(state);
        if (fault !== undefined) return { states: seen.size, story: [...storyOf(there), fault] };
        further.push(there);
      }
    }
    front = further;
  }
  return { states: seen.size, story: undefined };
}

function storyOf(reached: Reached | undefined): string[] {
  const story: string[] = [];
  for (let one = reached; one !== undefined; one = one.before) story.unshift(one.what);
  return story;
}

/** Equal for equal states; much quicker than JSON. */
function keyOf({ brokers, controllers, proposals, acknowledged, sent }: State): string {
  let key = `${controllers.master}${controllers.epoch}.${controllers.set}.${controllers.setEpoch}/${acknowledged}/${sent}`;
  for (const one of proposals) key += `/${one.epoch}.${one.setEpoch}.${one.set}`;
  for (const [id, one] of brokers.entries()) {
    key += `;${one.log},${one.master}${one.epoch}${one.isConnected ? "+" : "-"}`;
    if (one.master === id) key += `${one.set}.${one.setEpoch}.${one.proposed}`;
    for (const { epoch, start } of one.epochs) key += `,${epoch}@${start}`;
  }
  return key;
}
