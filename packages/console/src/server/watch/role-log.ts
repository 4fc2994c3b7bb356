import type { RoleEvent } from "../../api/index.ts";

/** How many are kept; older ones fall out. */
const capacity = 200;

interface Writer {
  readonly id: string;
  readonly seenAt: number;
}

/**
 * Who takes writes in each broker group, and how that changed. The first writer of a group is no event, a lost one is
 * (`to: null`), and the next one ends the gap.
 */
export class RoleLog {
  readonly #writers = new Map<string, Writer>();
  readonly #orphaned = new Set<string>();
  #events: RoleEvent[] = [];
  #seq = 0;

  get events(): readonly RoleEvent[] {
    return this.#events;
  }

  /** When a writer of the group last answered, in milliseconds since 1970. */
  writerSeenAt(group: string): number | undefined {
    return this.#writers.get(group)?.seenAt;
  }

  /** Tells what was seen; `seenAt` is when the writer itself answered. Returns the event if it is one. */
  look(
    group: string,
    writer: { readonly id: string; readonly seenAt: number; readonly term: number | null } | null,
    now: number,
  ): RoleEvent | undefined {
    const last = this.#writers.get(group);
    if (writer === null) {
      if (last === undefined || this.#orphaned.has(group)) return undefined;
      this.#orphaned.add(group);
      return this.#add({ at: now, group, from: last.id, to: null, gapMs: null, term: null });
    }
    const wasOrphaned = this.#orphaned.delete(group);
    this.#writers.set(group, { id: writer.id, seenAt: writer.seenAt });
    if (last === undefined || (last.id === writer.id && !wasOrphaned)) return undefined;
    const gapMs = Math.max(0, writer.seenAt - last.seenAt);
    return this.#add({ at: now, group, from: last.id, to: writer.id, gapMs, term: writer.term });
  }

  #add(event: Omit<RoleEvent, "seq">): RoleEvent {
    this.#seq += 1;
    const added = { seq: this.#seq, ...event };
    this.#events = [...this.#events.slice(1 - capacity), added];
    return added;
  }
}
