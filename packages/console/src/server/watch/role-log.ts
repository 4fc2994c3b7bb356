import type { RoleEvent } from "../../api/index.ts";

/** How many are kept; older ones fall out. */
const capacity = 200;

/** One that says it takes writes. */
export interface Claim {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** When its answer came, and when it was asked for: what it says was so at some moment between. */
  readonly seenAt: number;
  readonly askedAt: number;
  /** When it was first seen in this role. */
  readonly since: number;
  /** DLedger term, or the controllers' master epoch. */
  readonly term: number | null;
}

interface Group {
  writer: Claim;
  /** First and last look that found no writer since then. */
  without: { readonly from: number; to: number } | undefined;
  /** Ids of all that took writes at once, while they did. */
  rivals: string;
  /** Where the present writer's event is, while it may still learn its term. */
  event: RoleEvent | undefined;
}

/**
 * Who takes writes in each broker group, and how that changed. The first writer of a group is no event, a lost one is
 * (`to: null`), and the next one ends the gap. Two at once are an event of their own, and no change back and forth.
 */
export class RoleLog {
  readonly #groups = new Map<string, Group>();
  #events: RoleEvent[] = [];
  #seq: number;

  /** Numbers go on from the time of day: a console that starts again repeats none. */
  constructor(first: number = Date.now()) {
    this.#seq = first;
  }

  get events(): readonly RoleEvent[] {
    return this.#events;
  }

  /** When a writer of the group last answered, in milliseconds since 1970. */
  writerSeenAt(group: string): number | undefined {
    return this.#groups.get(group)?.writer.seenAt;
  }

  /** No broker of the group is known any more; its events stay. */
  forget(group: string): void {
    this.#groups.delete(group);
  }

  /** Tells what was seen, all that take writes. Returns the event if it is one, or one that has learned its term. */
  look(group: string, claims: readonly Claim[], now: number): RoleEvent | undefined {
    const known = this.#groups.get(group);
    const [first] = claims;
    if (first === undefined) return known === undefined ? undefined : this.#nobody(group, known, now);
    // Of several, the one that was there stays: which of them answered last says nothing.
    const writer = claims.find(({ id }) => claims.length > 1 && id === known?.writer.id) ?? first;
    if (known === undefined) {
      const begun: Group = { writer, without: undefined, rivals: "", event: undefined };
      this.#groups.set(group, begun);
      return claims.length > 1 ? this.#rivals(group, begun, claims, now) : undefined;
    }
    const event = this.#writer(group, known, writer, now);
    const rivals =
      claims.length > 1 || known.rivals !== "" ? this.#rivals(group, known, claims, now) : undefined;
    return rivals ?? event;
  }

  #nobody(group: string, known: Group, now: number): RoleEvent | undefined {
    known.rivals = "";
    if (known.without !== undefined) {
      known.without.to = now;
      return undefined;
    }
    known.without = { from: now, to: now };
    known.event = undefined;
    const { id } = known.writer;
    return this.#add({ ...blank, at: now, group, from: id, to: null, names: namesOf(known.writer) });
  }

  #writer(group: string, known: Group, writer: Claim, now: number): RoleEvent | undefined {
    const { writer: last, without } = known;
    known.writer = writer;
    known.without = undefined;
    if (last.id === writer.id && without === undefined) return this.#learned(known, writer);
    known.event = this.#add({
      ...blank,
      at: now,
      group,
      from: last.id,
      to: writer.id,
      // It wrote until some moment after it was asked last, and its successor from some moment before it answered.
      gapMs: Math.max(0, writer.since - last.askedAt),
      gapMinMs: without === undefined ? 0 : without.to - without.from,
      term: writer.term,
      names: namesOf(last, writer),
    });
    return known.event;
  }

  /** Controllers tell the epoch a moment after the master says that it is one. */
  #learned(known: Group, { term }: Claim): RoleEvent | undefined {
    const { event } = known;
    if (event === undefined || event.term !== null || term === null) return undefined;
    known.event = { ...event, term };
    const { event: whole } = known;
    this.#events = this.#events.map((one) => (one.seq === event.seq ? whole : one));
    return whole;
  }

  #rivals(group: string, known: Group, claims: readonly Claim[], now: number): RoleEvent | undefined {
    const writers = claims.length > 1 ? claims.map(({ id }) => id).toSorted() : [];
    const rivals = writers.join(" ");
    if (rivals === known.rivals) return undefined;
    known.rivals = rivals;
    const { id } = known.writer;
    const { term } = known.writer;
    const names = namesOf(known.writer, ...claims);
    return this.#add({ ...blank, at: now, group, from: id, to: id, writers, term, names });
  }

  #add(event: Omit<RoleEvent, "seq">): RoleEvent {
    this.#seq += 1;
    const added = { seq: this.#seq, ...event };
    this.#events = [...this.#events.slice(1 - capacity), added];
    return added;
  }
}

function namesOf(...claims: readonly Claim[]): Record<string, string> {
  return Object.fromEntries(claims.map(({ id, name }) => [id, name]));
}

const blank = { gapMs: null, gapMinMs: null, term: null, writers: null };
