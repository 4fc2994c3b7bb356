import type { ClusterHistory, ClusterState } from "../../api/index.ts";
import { groupRates } from "./group-rates.ts";

type Points = ClusterHistory["rates"];

const capacity = 600;
/** Brokers average over 10 s: more points would be the same ones again. */
const everyMs = 1000;

/** Messages a second over time, of the whole cluster and of each broker group. */
export class RateLog {
  readonly #total: Points = [];
  readonly #groups = new Map<string, Points>();
  #lastAt = 0;

  add(state: ClusterState): void {
    if (state.at - this.#lastAt < everyMs || state.groups.length === 0) return;
    this.#lastAt = state.at;
    push(this.#total, { at: state.at, ...state.totals.tps });
    const names = new Set(state.groups.map(({ name }) => name));
    for (const name of this.#groups.keys()) if (!names.has(name)) this.#groups.delete(name);
    for (const group of state.groups) {
      const points = this.#groups.get(group.name) ?? [];
      this.#groups.set(group.name, points);
      push(points, { at: state.at, ...groupRates(group) });
    }
  }

  points(): Pick<ClusterHistory, "rates" | "groups"> {
    return {
      rates: [...this.#total],
      groups: Object.fromEntries([...this.#groups].map(([name, points]) => [name, [...points]])),
    };
  }
}

function push(points: Points, point: Points[number]): void {
  points.push(point);
  if (points.length > capacity) points.shift();
}
