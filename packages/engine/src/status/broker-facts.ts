import {
  type BrokerRuntimeInfo,
  brokerConfig,
  brokerRuntimeInfo,
  dledgerMetadata,
  dledgerTerm,
  type HaStatus,
  haStatus,
  type RemotingClient,
  type RequestOptions,
} from "@hotfire/remoting";
import type { BrokerPlan } from "@hotfire/topology";
import { containerAddress, dialAddress, isBroker, type Member } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { shortReason } from "../readiness/short-reason.ts";
import type { NodeRole, ReplicationStatus } from "./cluster-status.ts";

/** What a broker says of itself; fields are undefined where it did not answer. */
export interface BrokerFacts {
  readonly role: NodeRole | undefined;
  readonly brokerId: number | undefined;
  readonly config: ReadonlyMap<string, string> | undefined;
  readonly runtime: BrokerRuntimeInfo | undefined;
  readonly ha: HaStatus | undefined;
  readonly dledger: DledgerFacts | undefined;
  readonly problem: string | undefined;
}

export interface DledgerFacts {
  readonly leaderId: string | undefined;
  readonly term: number | undefined;
}

export interface AskOptions extends RequestOptions {
  readonly docker: DockerClient;
  readonly remoting: RemotingClient;
}

const nothing: BrokerFacts = {
  role: undefined,
  brokerId: undefined,
  config: undefined,
  runtime: undefined,
  ha: undefined,
  dledger: undefined,
  problem: undefined,
};

/** Why a member cannot be asked anything, or its address. */
export function reach(docker: DockerClient, member: Member): { address: string } | { problem: string } {
  const state = member.container?.state ?? "missing";
  if (state !== "running") return { problem: `its container is ${state}` };
  const address = dialAddress(docker, member);
  return address === undefined
    ? { problem: "its port is not published, and this host cannot reach containers" }
    : { address };
}

/** Asks a broker everything at once. */
export async function askBroker(member: Member<BrokerPlan>, options: AskOptions): Promise<BrokerFacts> {
  const { docker, remoting, ...limits } = options;
  const way = reach(docker, member);
  if ("problem" in way) return { ...nothing, problem: way.problem };
  const isRaft = member.plan.role === "leader-or-follower";
  const [config, runtime, ha, dledger] = await Promise.allSettled([
    brokerConfig(remoting, way.address, limits),
    brokerRuntimeInfo(remoting, way.address, limits),
    isRaft ? undefined : haStatus(remoting, way.address, limits),
    isRaft ? askPeer(member, options) : undefined,
  ]);
  const properties = fulfilled(config)?.properties;
  const failed = config.status === "rejected" ? config.reason : undefined;
  return {
    ...readRole(properties, isRaft),
    config: properties,
    runtime: fulfilled(runtime),
    ha: fulfilled(ha),
    dledger: fulfilled(dledger),
    problem: failed === undefined ? undefined : shortReason(failed),
  };
}

/** The part of the above that a target needs. */
export async function askRole(
  member: Member<BrokerPlan>,
  options: AskOptions,
): Promise<NodeRole | undefined> {
  const { docker, remoting, ...limits } = options;
  const way = reach(docker, member);
  if ("problem" in way) return undefined;
  const config = await brokerConfig(remoting, way.address, limits).catch(() => undefined);
  return readRole(config?.properties, member.plan.role === "leader-or-follower").role;
}

function readRole(
  config: ReadonlyMap<string, string> | undefined,
  isRaft: boolean,
): { role: NodeRole | undefined; brokerId: number | undefined } {
  const id = config?.get("brokerId");
  const brokerId = id === undefined ? undefined : Number(id);
  const brokerRole = config?.get("brokerRole");
  // Before its first election a DLedger broker calls itself a slave with brokerId -1.
  if (brokerRole === undefined || brokerId === undefined || brokerId < 0)
    return { role: undefined, brokerId };
  const isSlave = brokerRole === "SLAVE";
  return { role: isRaft ? (isSlave ? "follower" : "leader") : isSlave ? "slave" : "master", brokerId };
}

async function askPeer(member: Member<BrokerPlan>, options: AskOptions): Promise<DledgerFacts> {
  const { docker, remoting, ...limits } = options;
  const address = dialAddress(docker, member, "dledger");
  if (address === undefined) return { leaderId: undefined, term: undefined };
  const peer = { group: member.plan.group, selfId: `n${member.plan.index}` };
  const otherId = member.plan.index === 0 ? "n1" : "n0";
  const [metadata, term] = await Promise.allSettled([
    dledgerMetadata(remoting, address, peer, limits),
    dledgerTerm(remoting, address, { ...peer, otherId }, limits),
  ]);
  return { leaderId: fulfilled(metadata)?.leaderId, term: fulfilled(term) };
}

export function fulfilled<T>(settled: PromiseSettledResult<T>): T | undefined {
  return settled.status === "fulfilled" ? settled.value : undefined;
}

/** One broker's replication in the words of the cluster: nodes instead of addresses and ids. */
export function replicationOf(
  member: Member<BrokerPlan>,
  brokers: ReadonlyMap<string, BrokerFacts>,
  members: readonly Member[],
): ReplicationStatus | undefined {
  const facts = brokers.get(member.plan.name);
  const peers = members.filter(isBroker).filter(({ plan }) => plan.group === member.plan.group);
  if (member.plan.role === "leader-or-follower") {
    if (facts?.dledger === undefined) return undefined;
    const leader = peers.find(({ plan }) => `n${plan.index}` === facts.dledger?.leaderId);
    return {
      kind: "dledger",
      leader: leader?.plan.name,
      term: facts.dledger.term,
      committed: facts.runtime?.commitLogMaxOffset,
    };
  }
  if (facts?.ha === undefined) return undefined;
  if (facts.ha.master) {
    return {
      kind: "master",
      maxOffset: facts.ha.masterCommitLogMaxOffset,
      slaves: slavesOf(facts.ha, peers),
    };
  }
  // A slave does not know whether its connection is alive; its master does.
  const seenByMaster = peers
    .map(({ plan }) => brokers.get(plan.name)?.ha)
    .flatMap((ha) => (ha?.master === true ? slavesOf(ha, peers) : []))
    .find(({ node }) => node === member.plan.name);
  return {
    kind: "slave",
    connected: seenByMaster !== undefined,
    maxOffset: facts.ha.haClientRuntimeInfo?.maxOffset ?? 0,
    lagBytes: seenByMaster?.lagBytes,
  };
}

function slavesOf(
  ha: HaStatus,
  peers: readonly Member[],
): { node: string; lagBytes: number; inSync: boolean }[] {
  return ha.haConnectionInfo.map(({ addr, diff, inSync }) => {
    const host = addr.replace(/^\//, "").split(":")[0];
    const node = peers.find((peer) => containerAddress(peer) === host)?.plan.name ?? addr;
    return { node, lagBytes: Math.max(0, diff), inSync };
  });
}
