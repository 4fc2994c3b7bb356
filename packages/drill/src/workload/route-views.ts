/** One broker group as a name server routes it; addresses are `host:port`. */
export interface GroupRoute {
  /** Registered as brokerId 0. */
  readonly master: string | undefined;
  /** The others, by brokerId. */
  readonly replicas: readonly string[];
}

interface Seen {
  readonly route: GroupRoute;
  readonly changedAt: number;
}

const nobody: GroupRoute = { master: undefined, replicas: [] };

/**
 * What the name servers last said, and which of them to believe. Of two that name different masters it is the one that
 * changed its mind last: the other is cut off, or has not heard yet. As in the Java client, a name server that cannot
 * answer, or knows nothing of the topic, changes nothing: with all of them gone the last route stays. The same for a group
 * that it knows nothing of: after its restart brokers register one by one, and who is dead refuses connections anyway.
 */
export class RouteViews {
  readonly #views = new Map<string, Map<string, Seen>>();
  #chosen = new Map<string, GroupRoute>();

  /** A name server's answer, by group; `at` in any unit that grows. */
  update(namesrv: string, routes: ReadonlyMap<string, GroupRoute>, at: number): void {
    const before = this.#views.get(namesrv);
    const view = new Map(before);
    for (const [group, route] of routes) {
      const old = before?.get(group);
      if (old === undefined || !isSame(old.route, route)) view.set(group, { route, changedAt: at });
    }
    this.#views.set(namesrv, view);
    this.#choose();
  }

  /** Forgets name servers that are not there any more, unless none of those that are has ever answered. */
  keepOnly(namesrvs: readonly string[]): void {
    const gone = [...this.#views.keys()].filter((namesrv) => !namesrvs.includes(namesrv));
    if (gone.length === 0 || gone.length === this.#views.size) return;
    for (const namesrv of gone) this.#views.delete(namesrv);
    this.#choose();
  }

  route(group: string): GroupRoute {
    return this.#chosen.get(group) ?? nobody;
  }

  #choose(): void {
    const best = new Map<string, Seen>();
    for (const view of this.#views.values()) {
      for (const [group, seen] of view) {
        const other = best.get(group);
        if (other === undefined || isBetter(seen, other)) best.set(group, seen);
      }
    }
    this.#chosen = new Map([...best].map(([group, { route }]) => [group, route]));
  }
}

function isBetter(a: Seen, b: Seen): boolean {
  const hasMaster = a.route.master !== undefined;
  if (hasMaster !== (b.route.master !== undefined)) return hasMaster;
  return a.changedAt > b.changedAt;
}

function isSame(a: GroupRoute, b: GroupRoute): boolean {
  return a.master === b.master && a.replicas.join() === b.replicas.join();
}
