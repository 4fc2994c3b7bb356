import {
  type ClusterHistory,
  type ClusterState,
  type EventName,
  eventSchemas,
  type RoleEvent,
} from "@hotfire/console/api";
import { useSyncExternalStore } from "react";
import type { z } from "zod";
import { urlOf } from "./client.ts";

export interface Live {
  /** Whether the stream is open; what is shown is as of `state.at` while it is not. */
  readonly connected: boolean;
  readonly state: ClusterState | undefined;
  /** Newest first. */
  readonly roles: readonly RoleEvent[];
  readonly rates: ClusterHistory["rates"];
}

const mostRates = 600;
const mostRoles = 200;

/** The one stream of the page: opened by its first reader, closed behind the last, and open again after a loss. */
class LiveStore {
  #live: Live = { connected: false, state: undefined, roles: [], rates: [] };
  readonly #readers = new Set<() => void>();
  readonly #changed = new Set<(what: string) => void>();
  #source: EventSource | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  readonly subscribe = (reader: () => void): (() => void) => {
    this.#readers.add(reader);
    if (this.#readers.size === 1) this.#open();
    return () => {
      this.#readers.delete(reader);
      if (this.#readers.size === 0) this.#close();
    };
  };

  readonly get = (): Live => this.#live;

  onChanged(listener: (what: string) => void): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  #open(): void {
    const source = new EventSource(urlOf("events"));
    this.#source = source;
    source.onopen = () => this.#set({ connected: true });
    source.onerror = () => {
      this.#set({ connected: false });
      // A browser gives up for good after an answer that is no stream, such as 401 or 503.
      if (source.readyState !== EventSource.CLOSED) return;
      // It may be that the session has ended.
      for (const listener of this.#changed) listener("session");
      this.#retry = setTimeout(() => {
        this.#close();
        if (this.#readers.size > 0) this.#open();
      }, 2000);
    };
    listen(source, "state", eventSchemas.state, (state) => {
      const point = { at: state.at, ...state.totals.tps };
      const last = this.#live.rates.at(-1);
      const rates =
        last !== undefined && point.at <= last.at
          ? this.#live.rates
          : [...this.#live.rates, point].slice(-mostRates);
      this.#set({ state, rates, connected: true });
    });
    // Also after each reconnection: nothing that happened meanwhile is missing, and nothing of another history stays.
    listen(source, "history", eventSchemas.history, ({ events, rates }) =>
      this.#set({ roles: merged(events, []), rates: rates.slice(-mostRates) }),
    );
    listen(source, "role", eventSchemas.role, (event) =>
      this.#set({ roles: merged([event], this.#live.roles) }),
    );
    listen(source, "changed", eventSchemas.changed, ({ what }) => {
      for (const listener of this.#changed) listener(what);
    });
  }

  #close(): void {
    clearTimeout(this.#retry);
    this.#source?.close();
    this.#source = undefined;
  }

  #set(part: Partial<Live>): void {
    this.#live = { ...this.#live, ...part };
    for (const reader of this.#readers) reader();
  }
}

function listen<T>(
  source: EventSource,
  name: EventName,
  schema: z.ZodType<T>,
  take: (data: T) => void,
): void {
  source.addEventListener(name, (event) => {
    const parsed = schema.safeParse(JSON.parse(String(event.data)));
    if (parsed.success) take(parsed.data);
  });
}

/** Newest first, each once; an event is told again when its term becomes known. */
function merged(news: readonly RoleEvent[], old: readonly RoleEvent[]): readonly RoleEvent[] {
  const bySeq = new Map(old.map((event) => [event.seq, event]));
  for (const event of news) bySeq.set(event.seq, event);
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq).slice(0, mostRoles);
}

export const live = new LiveStore();

export function useLive(): Live {
  return useSyncExternalStore(live.subscribe, live.get);
}
