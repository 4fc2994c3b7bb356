import { controllerMetadata, syncStateData } from "@hotfire/remoting";
import type { WatchContext } from "./watch-context.ts";

/** Masters, epochs and in-sync sets from whichever controller leads. */
export class ControllerWatch {
  readonly #context: WatchContext;
  #leader: string | undefined;

  constructor(context: WatchContext) {
    this.#context = context;
  }

  async look(): Promise<void> {
    if (this.#leader !== undefined && (await this.#ask(this.#leader))) return;
    this.#leader = await this.#findLeader();
    if (this.#leader !== undefined) await this.#ask(this.#leader);
  }

  /** The first controller that says so; a dead one does not hold up the others. */
  async #findLeader(): Promise<string | undefined> {
    const { map, remoting, deadlineMs } = this.#context;
    const asked = map.ofKind("controller").map(async (member) => {
      const address = map.dial(member);
      if (address === undefined || !map.isRunning(member)) throw new Error("down");
      const { isLeader } = await controllerMetadata(remoting, address, { deadlineMs });
      if (!isLeader) throw new Error("not the leader");
      return member.plan.name;
    });
    return Promise.any(asked).catch(() => undefined);
  }

  async #ask(name: string): Promise<boolean> {
    const { map, clock, remoting, deadlineMs } = this.#context;
    const member = map.ofKind("controller").find(({ plan }) => plan.name === name);
    const address = member === undefined ? undefined : map.dial(member);
    if (address === undefined) return false;
    const askedAt = clock.now();
    const groups = map.plan.groups.map((group) => group.name);
    const states = await syncStateData(remoting, address, groups, { deadlineMs }).catch(() => undefined);
    if (states === undefined) return false;
    const nodeOf = (broker: string) => map.nodeOf(broker) ?? broker;
    for (const [group, state] of states) {
      const members = state.inSyncReplicas.map(({ brokerAddress }) => nodeOf(brokerAddress)).sort();
      const epoch = state.syncStateSetEpoch;
      this.#context.look({ type: "sync-set", group, members, epoch, source: name }, askedAt);
      const master =
        state.masterAddress === undefined || state.masterAddress === ""
          ? undefined
          : nodeOf(state.masterAddress);
      const brokers = map.plan.groups.find((planned) => planned.name === group)?.brokers ?? [];
      for (const { name: node } of brokers) {
        const told =
          node === master
            ? ({ role: "master", term: state.masterEpoch } as const)
            : ({ role: "slave" } as const);
        this.#context.look({ type: "role", group, node, ...told, source: name }, askedAt);
      }
    }
    return true;
  }
}
