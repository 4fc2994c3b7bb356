import { randomUUID } from "node:crypto";
import type { RemotingClient } from "@hotfire/remoting";
import type { ClusterHistory, ClusterState, RoleEvent } from "../../api/index.ts";
import { assemble } from "./assemble.ts";
import { BrokerWatch } from "./broker-watch.ts";
import { ControllerWatch } from "./controller-watch.ts";
import { NamesrvWatch } from "./namesrv-watch.ts";
import { NodeNames } from "./node-names.ts";
import { ProxyWatch } from "./proxy-watch.ts";
import { RateLog } from "./rate-log.ts";
import { RoleLog } from "./role-log.ts";
import { writersOf } from "./writers.ts";

/** How often the cluster is looked at while somebody watches, and while nobody does. */
export const lookEveryMs = { watched: 500, alone: 2500 } as const;
const deadlineMs = 1000;
/** A broker that no name server knows and that does not answer is forgotten after this. */
const forgetAfterMs = 60 * 60 * 1000;

export interface WatchListener {
  state?(state: ClusterState): void;
  role?(event: RoleEvent): void;
  /** Another one has begun, or this is the listener's first. */
  history?(history: ClusterHistory): void;
}

/** Looks at the cluster for everybody at once, and remembers what it saw. */
export class ClusterWatch implements AsyncDisposable {
  readonly #remoting: RemotingClient;
  readonly #proxies: readonly ProxyWatch[];
  readonly #names: NodeNames;
  #namesrvs: NamesrvWatch[];
  #brokers: BrokerWatch[] = [];
  #controllers: ControllerWatch[] = [];
  #roles = new RoleLog();
  #rates = new RateLog();
  #historyId: string = randomUUID();
  readonly #listeners = new Set<WatchListener>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(
    remoting: RemotingClient,
    namesrvs: readonly string[],
    proxies: readonly string[],
    names: NodeNames = new NodeNames([]),
  ) {
    this.#names = names;
    this.#remoting = remoting;
    this.#namesrvs = namesrvs.map((address) => new NamesrvWatch(address));
    this.#proxies = proxies.map((address) => new ProxyWatch(address));
  }

  start(): void {
    this.#tick();
  }

  get pollMs(): number {
    return this.#listeners.size > 0 ? lookEveryMs.watched : lookEveryMs.alone;
  }

  get viewers(): number {
    return this.#listeners.size;
  }

  get namesrvs(): readonly string[] {
    return this.#namesrvs.map(({ address }) => address);
  }

  /** Others from now on. If none of them was asked before, it may be another cluster: its history begins anew. */
  changeNamesrvs(addresses: readonly string[]): void {
    const before = new Set(this.namesrvs);
    if (addresses.length === before.size && addresses.every((address) => before.has(address))) return;
    const known = new Map(this.#namesrvs.map((namesrv) => [namesrv.address, namesrv]));
    this.#namesrvs = addresses.map((address) => known.get(address) ?? new NamesrvWatch(address));
    this.#brokers = [];
    this.#controllers = [];
    if (!addresses.some((address) => before.has(address))) {
      this.#roles = new RoleLog();
      this.#rates = new RateLog();
      this.#historyId = randomUUID();
      for (const listener of this.#listeners) listener.history?.(this.history());
    }
    this.#hurry();
  }

  get brokers(): readonly BrokerWatch[] {
    return this.#brokers;
  }

  get controllers(): readonly ControllerWatch[] {
    return this.#controllers;
  }

  /** Name servers that answered last, first. */
  get liveNamesrvs(): readonly NamesrvWatch[] {
    return this.#namesrvs.filter(
      ({ reachability, info }) => !reachability.isUnreachable && info !== undefined,
    );
  }

  state(): ClusterState {
    const watched = {
      namesrvs: this.#namesrvs,
      brokers: this.#brokers,
      controllers: this.#controllers,
      proxies: this.#proxies,
      writerSeenAt: (group: string) => this.writerSeenAt(group),
    };
    return assemble(watched, this.pollMs, Date.now());
  }

  /** When a writer of the group last answered, in milliseconds since 1970; undefined for a group that is not known. */
  writerSeenAt(group: string): number | undefined {
    return this.#roles.writerSeenAt(group);
  }

  history(): ClusterHistory {
    return { id: this.#historyId, events: [...this.#roles.events], ...this.#rates.points() };
  }

  /** What there is, and everything new from now on: nothing falls between the two. The returned function ends it. */
  subscribe(listener: WatchListener): () => void {
    listener.history?.(this.history());
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) this.#hurry();
    return () => {
      this.#listeners.delete(listener);
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #hurry(): void {
    clearTimeout(this.#timer);
    this.#tick();
  }

  /** Starts a look at every node. One that hangs delays nobody: it is not asked again until it has answered. */
  #tick(): void {
    if (this.#isClosed) return;
    const looks = [
      this.#names.refresh(),
      ...this.#namesrvs.map((namesrv) => namesrv.look(this.#remoting, { deadlineMs })),
      ...this.#brokers.map((broker) => this.#lookAt(broker)),
      ...this.#controllers.map((controller) => this.#lookAtController(controller)),
      ...this.#proxies.map((proxy) => proxy.look(deadlineMs)),
    ];
    const pause = new Promise<void>((resolve) => setTimeout(resolve, 100));
    void Promise.race([Promise.allSettled(looks), pause]).then(() => this.#settle());
    this.#timer = setTimeout(() => this.#tick(), this.pollMs);
    this.#timer.unref();
  }

  /** Slow answers count as soon as they come, if they say who writes. */
  async #lookAt(broker: BrokerWatch): Promise<void> {
    const before = broker.isWriter;
    await broker.look(this.#remoting, { deadlineMs });
    if (broker.isWriter !== before) this.#settle();
  }

  #lookAtController(controller: ControllerWatch): Promise<void> {
    return controller.look(this.#remoting, this.#groupNames(), { deadlineMs });
  }

  #groupNames(): string[] {
    return [...new Set(this.#brokers.map(({ brokerName }) => brokerName))];
  }

  #settle(): void {
    if (this.#isClosed) return;
    this.#discover();
    const now = Date.now();
    for (const group of this.#groupNames()) {
      const writers = writersOf(this.#brokers.filter(({ brokerName }) => brokerName === group));
      const claims = writers.map(({ id, name, roleSeenAt, roleAskedAt, roleSince, term }) => ({
        id,
        name,
        seenAt: roleSeenAt,
        askedAt: roleAskedAt,
        since: roleSince,
        term,
      }));
      const event = this.#roles.look(group, claims, now);
      if (event !== undefined) for (const listener of this.#listeners) listener.role?.(event);
    }
    const state = this.state();
    this.#rates.add(state);
    for (const listener of this.#listeners) listener.state?.(state);
  }

  /** Brokers from routes and controllers from brokers; one that came back under another address takes its old place. */
  #discover(): void {
    for (const { info } of this.liveNamesrvs) {
      for (const { brokerName, cluster, brokerAddrs } of info?.brokers.values() ?? []) {
        for (const address of brokerAddrs.values()) this.#know(cluster, brokerName, address);
      }
    }
    this.#nameReplicas();
    this.#forgetOutdated();
    const addresses = new Set(
      this.#brokers.flatMap(({ config, isControlled }) =>
        isControlled
          ? (config?.get("controllerAddr") ?? "").split(";").filter((address) => address !== "")
          : [],
      ),
    );
    // One that no broker names any more, and that is gone, is forgotten: a restarted container has another address.
    this.#controllers = this.#controllers.filter(
      ({ address, reachability }) => addresses.has(address) || !reachability.isUnreachable,
    );
    for (const address of addresses) {
      if (this.#controllers.some((known) => known.address === address)) continue;
      const controller = new ControllerWatch(address);
      this.#controllers = [...this.#controllers, controller];
      void this.#lookAtController(controller);
    }
  }

  #forgetOutdated(): void {
    const before = this.#groupNames();
    this.#brokers = this.#brokers.filter((broker) => !this.#isOutdated(broker));
    const left = new Set(this.#groupNames());
    for (const group of before) if (!left.has(group)) this.#roles.forget(group);
  }

  #nameReplicas(): void {
    const leader = this.#controllers.find(({ isLeader }) => isLeader);
    for (const state of leader?.syncStates.values() ?? []) {
      const { inSyncReplicas, notInSyncReplicas, masterAddress, masterEpoch } = state;
      for (const { brokerName, brokerId, brokerAddress } of [...inSyncReplicas, ...notInSyncReplicas]) {
        const id = `${brokerName}@${brokerAddress}`;
        const broker = this.#brokers.find((known) => known.id === id);
        if (broker === undefined) continue;
        broker.replicaId = brokerId;
        broker.masterEpoch = brokerAddress === masterAddress ? masterEpoch : undefined;
      }
    }
  }

  #know(cluster: string, brokerName: string, address: string): void {
    const known = this.#brokers.find(
      (broker) => broker.brokerName === brokerName && broker.address === address,
    );
    if (known !== undefined) {
      known.cluster = cluster;
      return;
    }
    const broker = new BrokerWatch(cluster, brokerName, address, (of) => this.#names.nameOf(of));
    this.#brokers = [...this.#brokers, broker];
    void this.#lookAt(broker);
  }

  #isOutdated(broker: BrokerWatch): boolean {
    if (!broker.reachability.isUnreachable) return false;
    const isRegistered = this.liveNamesrvs.some((namesrv) => namesrv.has(broker.address));
    if (isRegistered) return false;
    const isReplaced = this.#brokers.some(
      (other) =>
        other !== broker &&
        other.brokerName === broker.brokerName &&
        !other.reachability.isUnreachable &&
        other.identity !== undefined &&
        other.identity === broker.identity,
    );
    return isReplaced || Date.now() - (broker.reachability.lastSeen ?? 0) > forgetAfterMs;
  }
}
