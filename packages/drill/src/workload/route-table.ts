import { setTimeout as sleep } from "node:timers/promises";
import { createRemotingClient, topicRoute } from "@hotfire/remoting";
import { type GroupRoute, RouteViews } from "./route-views.ts";

export interface RouteTableOptions {
  readonly namesrvs: () => readonly string[];
  readonly topic: string;
}

/** The next name server is asked this long after the one before. */
const calmMs = 250;
const hurriedMs = 25;
const hurryForMs = 1000;
/** A name server on the same host answers in a millisecond. */
const deadlineMs = 400;
const connectTimeoutMs = 250;

/** Where the groups are: the name servers asked in turn, none of them waited for. */
export class RouteTable {
  readonly #options: RouteTableOptions;
  readonly #views = new RouteViews();
  readonly #remoting = createRemotingClient({ connectTimeoutMs, deadlineMs });
  readonly #asked = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #turn = 0;
  #nextAt = 0;
  #hurryUntil = 0;

  constructor(options: RouteTableOptions) {
    this.#options = options;
    for (const namesrv of options.namesrvs()) void this.#ask(namesrv);
    this.#timer = setInterval(() => this.#tick(), hurriedMs);
  }

  route(group: string): GroupRoute {
    return this.#views.route(group);
  }

  /** Whether every group has a master, or it has not within the deadline. */
  async complete(groups: readonly string[], deadlineMs: number): Promise<boolean> {
    const until = performance.now() + deadlineMs;
    while (groups.some((group) => this.route(group).master === undefined)) {
      if (performance.now() > until) return false;
      await sleep(hurriedMs);
    }
    return true;
  }

  /** Something failed or hangs: look for a change more often for a while. */
  hurry(): void {
    const now = performance.now();
    if (now >= this.#hurryUntil) this.#nextAt = now;
    this.#hurryUntil = now + hurryForMs;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#remoting.close();
  }

  #tick(): void {
    const now = performance.now();
    if (now < this.#nextAt) return;
    this.#nextAt = now + (now < this.#hurryUntil ? hurriedMs : calmMs);
    const namesrvs = this.#options.namesrvs();
    this.#views.keepOnly(namesrvs);
    for (let step = 0; step < namesrvs.length; step += 1) {
      this.#turn = (this.#turn + 1) % namesrvs.length;
      const namesrv = namesrvs[this.#turn];
      if (namesrv === undefined || this.#asked.has(namesrv)) continue;
      void this.#ask(namesrv);
      return;
    }
  }

  async #ask(namesrv: string): Promise<void> {
    this.#asked.add(namesrv);
    try {
      const { brokerDatas } = await topicRoute(this.#remoting, namesrv, this.#options.topic);
      const routes = brokerDatas.map(({ brokerName, brokerAddrs }): [string, GroupRoute] => {
        const replicas = [...brokerAddrs].filter(([id]) => id !== 0).sort(([a], [b]) => a - b);
        return [brokerName, { master: brokerAddrs.get(0), replicas: replicas.map(([, address]) => address) }];
      });
      this.#views.update(namesrv, new Map(routes), performance.now());
    } catch {
      // It is down, cut off or knows nothing: the last route stays.
    } finally {
      this.#asked.delete(namesrv);
    }
  }
}
