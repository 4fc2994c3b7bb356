import { type ClusterInfo, clusterInfo, type RemotingClient, type RequestOptions } from "@hotfire/remoting";
import { ReachabilityLog } from "./reachability.ts";

/** One name server, with the route it gave last. */
export class NamesrvWatch {
  readonly address: string;
  readonly reachability: ReachabilityLog = new ReachabilityLog();
  info: ClusterInfo | undefined;
  #isAsking = false;

  constructor(address: string) {
    this.address = address;
  }

  /** Never throws. */
  async look(remoting: RemotingClient, options: RequestOptions): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.info = await clusterInfo(remoting, this.address, options);
      this.reachability.seen(Date.now());
    } catch (error) {
      this.reachability.missed(Date.now(), error);
    } finally {
      this.#isAsking = false;
    }
  }

  /** Addresses in its route. */
  has(address: string): boolean {
    return [...(this.info?.brokers.values() ?? [])].some(({ brokerAddrs }) =>
      [...brokerAddrs.values()].includes(address),
    );
  }

  get brokerCount(): number {
    return [...(this.info?.brokers.values() ?? [])].reduce(
      (sum, { brokerAddrs }) => sum + brokerAddrs.size,
      0,
    );
  }
}
