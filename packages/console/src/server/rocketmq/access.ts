import { messageOf } from "@hotfire/base";
import { type RemotingClient, RemotingError, type RequestOptions } from "@hotfire/remoting";
import type { ChangeResult, Missing } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { type BrokerWatch, hostOf } from "../watch/broker-watch.ts";
import type { ClusterWatch } from "../watch/cluster-watch.ts";
import { whyOf } from "../watch/reachability.ts";
import { writerOf } from "../watch/writers.ts";
import { Proxies } from "./proxies.ts";

/** A broker that speaks for its group. */
export interface Source {
  readonly group: string;
  readonly cluster: string;
  readonly address: string;
}

export interface Answers<T> {
  readonly answers: readonly { readonly source: Source; readonly value: T }[];
  readonly missing: readonly Missing[];
}

const requestOptions: RequestOptions = { deadlineMs: 3000 };

/** Whom to ask what, by what the watch knows at this moment. */
export class ClusterAccess {
  readonly remoting: RemotingClient;
  readonly watch: ClusterWatch;
  readonly options: RequestOptions = requestOptions;
  readonly proxies: Proxies;
  /** Dial brokers at listenPort - 2, as clients with the VIP channel on. */
  vipChannel = false;

  /** `proxies`: their remoting addresses; empty: brokers are asked who they are. */
  constructor(remoting: RemotingClient, watch: ClusterWatch, proxies: readonly string[] = []) {
    this.proxies = new Proxies(proxies);
    this.remoting = remoting;
    this.watch = watch;
  }

  get groups(): string[] {
    return [...new Set(this.watch.brokers.map(({ brokerName }) => brokerName))].sort();
  }

  /** One broker of each group that can be read from: who takes writes, else any that answers. */
  sources(only?: readonly string[]): {
    readonly sources: readonly Source[];
    readonly missing: readonly Missing[];
  } {
    const sources: Source[] = [];
    const missing: Missing[] = [];
    for (const group of this.#chosen(only)) {
      const members = this.#members(group);
      const member = writerOf(members) ?? members.find(({ reachability }) => !reachability.isUnreachable);
      if (member === undefined)
        missing.push({ group, problem: "no broker of it answers", silence: "no-broker" });
      else sources.push(this.#sourceOf(member));
    }
    return { sources, missing };
  }

  /** Whoever takes writes in each group. @throws ConsoleError UNREACHABLE when a named group has nobody. */
  writers(only?: readonly string[]): readonly Source[] {
    const groups = this.#chosen(only);
    if (groups.length === 0) throw refuse("GROUPS_UNSEEN", {});
    return groups.map((group) => this.writer(group));
  }

  writer(group: string): Source {
    const writer = writerOf(this.#members(group));
    if (writer !== undefined) return this.#sourceOf(writer);
    throw refuse("GROUP_WITHOUT_WRITER", { group });
  }

  /** Name servers that answer, the last resort being all. */
  get namesrvs(): readonly string[] {
    const live = this.watch.liveNamesrvs.map(({ address }) => address);
    return live.length > 0 ? live : this.watch.namesrvs;
  }

  /** Every group's answer; a group that cannot be asked is missing, not an error, unless all are. */
  async askGroups<T>(ask: (source: Source) => Promise<T>, only?: readonly string[]): Promise<Answers<T>> {
    const { sources, missing } = this.sources(only);
    const settled = await Promise.allSettled(sources.map(ask));
    const answers: { source: Source; value: T }[] = [];
    const silent: Missing[] = [...missing];
    for (const [index, source] of sources.entries()) {
      const outcome = settled[index];
      if (outcome?.status === "fulfilled") answers.push({ source, value: outcome.value });
      else silent.push({ group: source.group, ...whyOf(outcome?.reason) });
    }
    if (answers.length > 0) return { answers, missing: silent };
    const refusal = settled.find((outcome) => outcome.status === "rejected");
    if (refusal?.reason instanceof RemotingError) throw refusal.reason;
    throw refuse("NO_BROKER", {});
  }

  /** The same change at several nodes; it may succeed at some of them only. */
  async changeAt<T extends { readonly address: string }>(
    targets: readonly T[],
    nameOf: (target: T) => string,
    change: (target: T) => Promise<unknown>,
  ): Promise<ChangeResult> {
    const settled = await Promise.allSettled(targets.map(change));
    return {
      outcomes: targets.map((target, index) => {
        const outcome = settled[index];
        return outcome?.status === "rejected"
          ? { node: nameOf(target), ok: false, message: messageOf(outcome.reason) }
          : { node: nameOf(target), ok: true };
      }),
    };
  }

  dial(address: string): string {
    if (!this.vipChannel) return address;
    return `${hostOf(address)}:${Number(address.slice(address.lastIndexOf(":") + 1)) - 2}`;
  }

  /** The configuration of the broker that takes writes in a group, as it was read last. */
  configOf(group: string): ReadonlyMap<string, string> | undefined {
    return writerOf(this.#members(group))?.config;
  }

  #chosen(only: readonly string[] | undefined): readonly string[] {
    const { groups } = this;
    const unknown = only?.find((group) => !groups.includes(group));
    if (unknown !== undefined) throw refuse("GROUP_UNKNOWN", { group: unknown });
    return only ?? groups;
  }

  #members(group: string): readonly BrokerWatch[] {
    return this.watch.brokers.filter(({ brokerName }) => brokerName === group);
  }

  #sourceOf({ brokerName, cluster, address }: BrokerWatch): Source {
    return { group: brokerName, cluster, address: this.dial(address) };
  }
}

/** A deletion names what goes, as the user typed it. @throws ConsoleError NOT_CONFIRMED */
export function checkConfirmed(name: string, confirm: string): void {
  if (confirm === name) return;
  throw refuse("NOT_CONFIRMED", { name });
}
