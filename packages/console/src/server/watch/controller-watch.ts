import {
  type ControllerMetadata,
  controllerMetadata,
  type RemotingClient,
  type RequestOptions,
  type SyncState,
  syncStateData,
} from "@hotfire/remoting";
import { ReachabilityLog } from "./reachability.ts";

/** One controller; the leader also tells who is in sync. */
export class ControllerWatch {
  readonly address: string;
  readonly reachability: ReachabilityLog = new ReachabilityLog();
  metadata: ControllerMetadata | undefined;
  syncStates: ReadonlyMap<string, SyncState> = new Map();
  #isAsking = false;

  constructor(address: string) {
    this.address = address;
  }

  get isLeader(): boolean {
    return !this.reachability.isUnreachable && this.metadata?.isLeader === true;
  }

  /** Never throws. */
  async look(remoting: RemotingClient, groups: readonly string[], options: RequestOptions): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      this.metadata = await controllerMetadata(remoting, this.address, options);
      this.reachability.seen(Date.now());
      // It may lose the lead between the two questions: what was known stays.
      if (this.metadata.isLeader && groups.length > 0) {
        this.syncStates = await syncStateData(remoting, this.address, groups, options).catch(
          () => this.syncStates,
        );
      }
    } catch (error) {
      this.reachability.missed(Date.now(), error);
    } finally {
      this.#isAsking = false;
    }
  }
}
