import type { Micros } from "@hotfire/judge/history";
import type { ObservationRecord } from "./observer.ts";

interface State {
  readonly text: string;
  lookedAt: Micros;
}

/** A record without its times. */
export type Look = ObservationRecord extends infer R
  ? R extends ObservationRecord
    ? Omit<R, "at" | "previousAt">
    : never
  : never;

/**
 * Turns looks into changes: one record when what a source says of a subject is not what it said at the look before,
 * with the time of that look.
 */
export class ChangeLog {
  readonly #states = new Map<string, State>();
  readonly #record: (record: ObservationRecord) => void;

  constructor(record: (record: ObservationRecord) => void) {
    this.#record = record;
  }

  /**
   * `askedAt` is when the look began: the old state is only known to have lasted until then. Returns whether it was a
   * change.
   */
  look(seen: Look, askedAt: Micros, now: Micros): boolean {
    const id = identity(seen);
    const text = JSON.stringify(told(seen));
    const state = this.#states.get(id);
    if (state?.text === text) {
      state.lookedAt = askedAt;
      return false;
    }
    this.#states.set(id, { text, lookedAt: askedAt });
    // Events and looks may cross: a look that began before an event does not reach behind it.
    const previous = state === undefined ? {} : { previousAt: Math.min(state.lookedAt, now) };
    this.#record({ ...seen, at: now, ...previous });
    return true;
  }
}

/** A new leader of the controllers that says what the old one said is no change of a broker's. */
function told(seen: Look): Look {
  return seen.type === "route" || isOwn(seen.source) ? seen : { ...seen, source: "" };
}

function identity(seen: Look): string {
  if (seen.type === "route") return `route ${seen.namesrv} ${seen.group}`;
  if (seen.type === "sync-set") return `sync-set ${seen.group}`;
  return `role ${seen.node} ${isOwn(seen.source) ? seen.source : "controllers"}`;
}

function isOwn(source: string): boolean {
  return source === "self" || source === "broker";
}
