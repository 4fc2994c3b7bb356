/** What every group has done since the load began. */
export interface Tally {
  readonly failures: number;
  /** Acknowledged sends by group. */
  readonly acknowledged: ReadonlyMap<string, number>;
}

/** How long the load has to run well before anything is broken. */
export const baselineMs = 4000;
/** How often it is looked at: a stall this long is one that a person would see in the report. */
export const windowMs = 250;
/** A load that still fails then is none. */
const withinMs = 60_000;
/** Brokers that have just started compile their code for half a minute, on two cores in bursts that stop everything else. */
const calmWithinMs = 45_000;

/** Of fewer sends chance may leave a window without one. */
const leastInWindow = 4;

export type WarmUpStep =
  | { readonly do: "wait" }
  /** `since`: when the load began to run well. `isCalm`: without a stall; else the machine has no calmer moment to give. */
  | { readonly do: "go"; readonly since: number; readonly isCalm: boolean }
  | { readonly do: "give-up"; readonly why: string };

/**
 * Decides when a load is warm: no failure for `baselineMs`, and no group without an acknowledged send in a window of `windowMs`, for which it waits for
 * 45 s at the most. Times are milliseconds of any clock.
 */
export class WarmUp {
  /** Whether a window without one means anything. */
  readonly #isDense: boolean;
  readonly #begun: number;
  #before: Tally;
  #failedAt: number;
  #stalledAt: number;

  /** `rate`: sends per second of one group. */
  constructor(tally: Tally, now: number, rate: number) {
    this.#isDense = (rate * windowMs) / 1000 >= leastInWindow;
    this.#before = tally;
    this.#begun = now;
    this.#failedAt = now;
    this.#stalledAt = now;
  }

  look(tally: Tally, now: number): WarmUpStep {
    const before = this.#before;
    this.#before = tally;
    const silent = groupsWhere(tally, (_, count) => count === 0);
    const stalled = groupsWhere(tally, (group, count) => count === (before.acknowledged.get(group) ?? 0));
    if (tally.failures !== before.failures || silent.length > 0) this.#failedAt = now;
    if (this.#isDense && stalled.length > 0) this.#stalledAt = now;
    if (now - this.#failedAt < baselineMs) {
      if (now - this.#begun <= withinMs) return { do: "wait" };
      const why =
        silent.length > 0
          ? `nothing was acknowledged by ${silent.join(", ")}`
          : `${tally.failures} operations failed, the last ones just now`;
      return { do: "give-up", why };
    }
    const isCalm = now - this.#stalledAt >= baselineMs;
    if (!isCalm && now - this.#begun < calmWithinMs) return { do: "wait" };
    return { do: "go", since: isCalm ? Math.max(this.#failedAt, this.#stalledAt) : this.#failedAt, isCalm };
  }
}

function groupsWhere({ acknowledged }: Tally, is: (group: string, count: number) => boolean): string[] {
  return [...acknowledged].flatMap(([group, count]) => (is(group, count) ? [group] : []));
}
