import { broken, type Limits, type Mends, next, type State } from "./sets-and-epochs.ts";

export interface Search {
  readonly states: number;
  /** The shortest way to a state in which something is broken, step by step, or undefined. */
  readonly story: readonly string[] | undefined;
}

/** Breadth first through everything that can happen: the first broken state is among the nearest ones. */
export function search(from: readonly State[], mends: Mends, limits: Limits): Search {
  const seen = new Set(from.map((state) => JSON.stringify(state)));
  let front = from.map((state) => ({ state, story: ["begin"] as readonly string[] }));
  while (front.length > 0) {
    const further: typeof front = [];
    for (const { state, story } of front) {
      for (const step of next(state, mends, limits)) {
        const key = JSON.stringify(step.state);
        if (seen.has(key)) continue;
        seen.add(key);
        const told = [...story, step.what];
        const what = broken(step.state);
        if (what !== undefined) return { states: seen.size, story: [...told, what] };
        further.push({ state: step.state, story: told });
      }
    }
    front = further;
  }
  return { states: seen.size, story: undefined };
}
