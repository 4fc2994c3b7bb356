import { isIP } from "node:net";
import {
  type BrokerRuntimeInfo,
  brokerConfig,
  brokerRuntimeInfo,
  dledgerMetadata,
  dledgerTerm,
  type HaStatus,
  haStatus,
  type RemotingClient,
  RemotingError,
  type RequestOptions,
} from "@hotfire/remoting";
import type { BrokerRole } from "../../api/index.ts";
import { ReachabilityLog } from "./reachability.ts";

/** It has some 500 keys, so it is not asked for at each look. */
const configEveryMs = 10_000;
/** Without DLedger's own port within reach, only the configuration tells the role. */
const roleFromConfigEveryMs = 1000;

export interface DledgerView {
  readonly selfId: string;
  readonly leaderId: string | null;
  readonly term: number | null;
}

/** One broker process: asked again and again, remembered when it is gone. */
export class BrokerWatch {
  readonly id: string;
  readonly brokerName: string;
  readonly address: string;
  cluster: string;
  readonly reachability: ReachabilityLog = new ReachabilityLog();
  role: BrokerRole = "unknown";
  /** When it last said so itself, when it was asked for that, and when it first said so. */
  roleSeenAt = 0;
  roleAskedAt = 0;
  roleSince = 0;
  config: ReadonlyMap<string, string> | undefined;
  runtime: BrokerRuntimeInfo | undefined;
  ha: HaStatus | undefined;
  dledger: DledgerView | undefined;
  /** The controllers' number for it, which outlives roles and addresses. */
  replicaId: number | undefined;
  /** The controllers' epoch of it as the master; undefined while they call another one that, or none. */
  masterEpoch: number | undefined;
  readonly #nameOf: (address: string) => string | undefined;
  #configAt = Number.NEGATIVE_INFINITY;
  #configAskedAt = 0;
  /** Where its DLedger peer answered last. */
  #peerAddress: string | undefined;
  #isAsking = false;

  constructor(
    cluster: string,
    brokerName: string,
    address: string,
    nameOf: (address: string) => string | undefined = () => undefined,
  ) {
    this.#nameOf = nameOf;
    this.cluster = cluster;
    this.brokerName = brokerName;
    this.address = address;
    this.id = `${brokerName}@${address}`;
  }

  /** What people call it: as the operator does, or by its host in DLedger's list of peers; else its address. */
  get name(): string {
    return this.#nameOf(this.address) ?? this.#peerHost() ?? this.address;
  }

  #peerHost(): string | undefined {
    if (!this.isRaft) return undefined;
    const peer = parsePeers(this.config?.get("dLegerPeers") ?? "").get(
      this.config?.get("dLegerSelfId") ?? "",
    );
    const host = peer === undefined ? "" : hostOf(peer);
    return host === "" || isIP(host) !== 0 || host === "localhost" ? undefined : host;
  }

  get isRaft(): boolean {
    return this.config?.get("enableDLegerCommitLog") === "true";
  }

  get isControlled(): boolean {
    return this.config?.get("enableControllerMode") === "true";
  }

  /** What grows with each change of the writer. */
  get term(): number | null {
    return this.isRaft ? (this.dledger?.term ?? null) : (this.masterEpoch ?? null);
  }

  /** It has the role, and does not say that it refuses writes all the same. */
  get isWriter(): boolean {
    if (this.reachability.isUnreachable || this.runtime?.condition?.whyNoWrites !== undefined) return false;
    return this.role === "leader" || this.role === "master";
  }

  /** As the broker says; undefined before an election. */
  get brokerId(): number | undefined {
    const id = Number(this.config?.get("brokerId") ?? Number.NaN);
    return Number.isSafeInteger(id) && id >= 0 ? id : undefined;
  }

  /** What stays the same when its container comes back with another address; undefined if nothing does. */
  get identity(): string | undefined {
    if (this.config === undefined) return undefined;
    if (this.isRaft) return this.config.get("dLegerSelfId");
    if (this.isControlled) return this.replicaId?.toString();
    return this.config.get("brokerId");
  }

  /** Asks once, unless the last question is still open. Never throws. */
  async look(remoting: RemotingClient, options: RequestOptions): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const roleBefore = this.role;
    try {
      await this.#ask(remoting, options);
      if (this.role !== roleBefore) this.#configAt = Number.NEGATIVE_INFINITY;
    } catch (error) {
      this.reachability.missed(Date.now(), error);
      // The next process behind this address may be another one.
      if (this.reachability.isUnreachable) this.#configAt = Number.NEGATIVE_INFINITY;
    } finally {
      this.#isAsking = false;
    }
  }

  async #ask(remoting: RemotingClient, options: RequestOptions): Promise<void> {
    if (this.config === undefined || performance.now() - this.#configAt > configEveryMs) {
      await this.#askConfig(remoting, options);
    }
    const [runtime] = await Promise.all([
      brokerRuntimeInfo(remoting, this.address, options),
      this.isRaft ? this.#askPeer(remoting, options) : this.#askHa(remoting, options),
    ]);
    this.runtime = runtime;
    this.reachability.seen(Date.now());
  }

  async #askConfig(remoting: RemotingClient, options: RequestOptions): Promise<void> {
    this.#configAskedAt = Date.now();
    this.config = (await brokerConfig(remoting, this.address, options)).properties;
    this.#configAt = performance.now();
  }

  async #askHa(remoting: RemotingClient, options: RequestOptions): Promise<void> {
    const askedAt = Date.now();
    this.ha = await haStatus(remoting, this.address, options);
    this.#tell(this.ha.master ? "master" : "slave", askedAt);
  }

  async #askPeer(remoting: RemotingClient, options: RequestOptions): Promise<void> {
    const selfId = this.config?.get("dLegerSelfId") ?? "";
    const askedAt = Date.now();
    const view = await this.#peerView(remoting, selfId, options);
    if (view !== undefined) {
      this.dledger = view;
      const { leaderId } = view;
      this.#tell(leaderId === null ? "unknown" : leaderId === selfId ? "leader" : "follower", askedAt);
      return;
    }
    if (performance.now() - this.#configAt > roleFromConfigEveryMs) await this.#askConfig(remoting, options);
    this.dledger = { selfId, leaderId: null, term: null };
    const isElected = this.brokerId !== undefined;
    const role = !isElected ? "unknown" : this.config?.get("brokerRole") === "SLAVE" ? "follower" : "leader";
    this.#tell(role, this.#configAskedAt);
  }

  /** What its DLedger peer says; undefined where that cannot be reached. */
  async #peerView(
    remoting: RemotingClient,
    selfId: string,
    options: RequestOptions,
  ): Promise<DledgerView | undefined> {
    const peers = parsePeers(this.config?.get("dLegerPeers") ?? "");
    const named = peers.get(selfId);
    if (named === undefined) return undefined;
    // The name may be known in the brokers' own network only; there the broker's own host has the port too.
    const beside = `${hostOf(this.address)}:${named.slice(named.lastIndexOf(":") + 1)}`;
    const addresses = this.#peerAddress === undefined ? [beside, named] : [this.#peerAddress];
    const peer = { group: this.config?.get("dLegerGroup") ?? this.brokerName, selfId };
    const otherId = [...peers.keys()].find((id) => id !== selfId);
    for (const address of addresses) {
      try {
        const { leaderId } = await dledgerMetadata(remoting, address, peer, options);
        const term =
          otherId === undefined ? null : await dledgerTerm(remoting, address, { ...peer, otherId }, options);
        this.#peerAddress = address;
        return { selfId, leaderId: leaderId ?? null, term };
      } catch (error) {
        if (!(error instanceof RemotingError)) throw error;
        this.#peerAddress = undefined;
      }
    }
    return undefined;
  }

  #tell(role: BrokerRole, askedAt: number): void {
    const now = Date.now();
    if (role !== this.role || this.reachability.isUnreachable) this.roleSince = now;
    this.role = role;
    this.roleSeenAt = now;
    this.roleAskedAt = askedAt;
  }
}

/** `n0-host:port;n1-host:port`; hosts may contain dashes. */
export function parsePeers(text: string): Map<string, string> {
  const peers = text.split(";").flatMap((peer) => {
    const dash = peer.indexOf("-");
    return dash > 0 ? [[peer.slice(0, dash), peer.slice(dash + 1)] as const] : [];
  });
  return new Map(peers);
}

export function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(":"));
}
