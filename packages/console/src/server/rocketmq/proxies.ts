import { type ConsumerConnections, consumerConnections } from "@hotfire/remoting";
import { hostOf } from "../watch/broker-watch.ts";
import { type Why, whyOf } from "../watch/reachability.ts";
import type { ClusterAccess } from "./access.ts";

/**
 * Proxies tell each other of their clients by this topic, and read it as this group (AbstractSystemMessageSyncer): its clients, at the
 * brokers, are the proxies of the cluster.
 */
const syncGroup = "CID_DefaultHeartBeatSyncerTopic";
/** ProxyConfig.remotingListenPort. */
const remotingPort = 8080;
const findEveryMs = 10_000;

export interface ProxyAnswer {
  readonly proxy: string;
  /** Undefined: no client of the group is connected to any proxy. */
  readonly connections?: ConsumerConnections | undefined;
  /** Why it could not be asked. */
  readonly why?: Why;
}

/** The proxies of a cluster as far as they answer on their remoting port: for consumers, and for these only. */
export class Proxies {
  readonly #configured: readonly string[];
  #found: { readonly at: number; readonly addresses: Promise<readonly string[]> } | undefined;

  constructor(configured: readonly string[]) {
    this.#configured = configured;
  }

  /** Remoting addresses: those that were configured, or else those that brokers know as clients. */
  addresses(access: ClusterAccess): Promise<readonly string[]> {
    if (this.#configured.length > 0) return Promise.resolve(this.#configured);
    if (this.#found === undefined || performance.now() - this.#found.at > findEveryMs) {
      this.#found = { at: performance.now(), addresses: find(access) };
    }
    return this.#found.addresses;
  }

  /** What each says of a group's consumers. In cluster mode each knows those of the others too. */
  async ask(access: ClusterAccess, consumerGroup: string): Promise<readonly ProxyAnswer[]> {
    const addresses = await this.addresses(access);
    return Promise.all(
      addresses.map(async (proxy): Promise<ProxyAnswer> => {
        try {
          const { remoting, options } = access;
          return { proxy, connections: await consumerConnections(remoting, proxy, consumerGroup, options) };
        } catch (error) {
          return { proxy, why: whyOf(error) };
        }
      }),
    );
  }
}

async function find(access: ClusterAccess): Promise<readonly string[]> {
  const { remoting, options } = access;
  const { sources } = access.sources();
  const known = await Promise.all(
    sources.map(({ address }) =>
      consumerConnections(remoting, address, syncGroup, options).catch(() => undefined),
    ),
  );
  const clients = known.flatMap((connections) => connections?.connectionSet ?? []);
  return [...new Set(clients.map(({ clientAddr }) => `${hostOf(clientAddr)}:${remotingPort}`))].sort();
}

/** `proxy-0:8081` -> `proxy-0:8080`, where nothing else was configured. */
export function remotingAddresses(grpc: readonly string[], configured: readonly string[]): readonly string[] {
  return configured.length > 0 ? configured : grpc.map((address) => `${hostOf(address)}:${remotingPort}`);
}
