import { setTimeout as sleep } from "node:timers/promises";
import {
  controllerMetadata,
  createRemotingClient,
  dledgerTerm,
  dledgerTransferLeadership,
  electMaster,
  type RemotingClient,
  RemotingError,
  syncStateData,
} from "@hotfire/remoting";
import { type BrokerPlan, type ClusterPlan, replacesWriters } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import {
  dialAddress,
  isBroker,
  type Member,
  membersOf,
  planOf,
  registeredAddresses,
} from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { shortReason } from "../readiness/short-reason.ts";
import { askRole } from "../status/broker-facts.ts";
import type { ClusterStatus } from "../status/cluster-status.ts";
import { readStatus } from "../status/read-status.ts";
import { chooseSuccessor, isWriter } from "./choose-successor.ts";

export interface SwitchoverResult {
  readonly cluster: string;
  readonly group: string;
  readonly from: string;
  readonly to: string;
  /** False when `to` was the leader or master already. */
  readonly changed: boolean;
  /** From the request to the new one taking writes. */
  readonly tookMs: number;
}

export interface SwitchoverOptions {
  readonly signal?: AbortSignal;
  /** Until the new one takes writes. Default 10,000. */
  readonly deadlineMs?: number;
}

interface Way {
  readonly docker: DockerClient;
  readonly remoting: RemotingClient;
  readonly plan: ClusterPlan;
  readonly members: readonly Member<BrokerPlan>[];
  readonly all: readonly Member[];
}

const askMs = 1500;
/** DLedger's own limit for the whole transfer is 3 s, of each of its two requests. */
const transferMs = 7000;
const pollMs = 10;
const triesMs = 300;
const deadlineMs = 10_000;
/** An election takes about as long. */
const againMs = 1000;
/** A leader that has lost its lead may not know for as long as it reaches no majority: LeaderFailureDetector's patience in the launcher. */
const believedMs = 1500;

/** Whether a group of this cluster can hand over its writes. */
export function canSwitch(plan: ClusterPlan): boolean {
  return replacesWriters(plan.mode);
}

/**
 * Makes another broker of a group its leader or master, on purpose and with both alive: `to`, or the fittest. Resolves once
 * that one takes writes. A group that refuses is asked again within the deadline: its leader has just changed, or the
 * successor did not catch up in time, both of which pass.
 * @throws EngineError SWITCHOVER_FAILED with the old one in place, or DEADLINE_PASSED.
 */
export async function switchover(
  docker: DockerClient,
  cluster: FoundCluster,
  target: { readonly group: string; readonly to?: string },
  options: SwitchoverOptions = {},
): Promise<SwitchoverResult> {
  const until = performance.now() + (options.deadlineMs ?? deadlineMs);
  for (;;) {
    try {
      return await switchOnce(docker, cluster, target, options);
    } catch (error) {
      if (!isPassing(error) || performance.now() + againMs > until) throw error;
      await sleep(againMs, undefined, options.signal === undefined ? {} : { signal: options.signal });
    }
  }
}

/** The leader itself answered that it could not, or that it is none any more; or the others elected somebody else. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof EngineError) || error.code !== "SWITCHOVER_FAILED") return false;
  const { cause } = error;
  return cause instanceof Overtaken || (cause instanceof RemotingError && cause.response !== undefined);
}

async function switchOnce(
  docker: DockerClient,
  cluster: FoundCluster,
  target: { readonly group: string; readonly to?: string },
  options: SwitchoverOptions = {},
): Promise<SwitchoverResult> {
  const plan = planOf(cluster);
  if (!canSwitch(plan)) {
    throw new EngineError(
      "SWITCHOVER_FAILED",
      `In ${plan.mode} no replica takes over: a slave is never promoted.`,
      {
        hint: "Modes dledger and controller replace a leader or master.",
      },
    );
  }
  const status = await readStatus(docker, cluster);
  const successor = chooseSuccessor(status, target.group, target.to);
  const writer = writerOf(status, target.group);
  const result = { cluster: cluster.name, group: target.group, from: writer, to: successor.name };
  if (writer === successor.name) return { ...result, changed: false, tookMs: 0 };
  const all = membersOf(plan, cluster);
  await using remoting = createRemotingClient({ connectTimeoutMs: askMs });
  const way: Way = { docker, remoting, plan, all, members: all.filter(isBroker) };
  const from = memberOf(way, writer);
  const to = memberOf(way, successor.name);
  const startedAt = performance.now();
  try {
    if (plan.mode === "dledger") await transfer(way, from, to);
    else await elect(way, to);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(
      "SWITCHOVER_FAILED",
      `${writer} did not hand ${target.group} over to ${successor.name}: ${shortReason(error)}.`,
      { hint: `It is as it was: hotfire status ${cluster.name}.`, cause: error },
    );
  }
  const writes = await untilWriter(way, from, to, options);
  // Whoever was not asked for by name may be another one.
  if (writes !== to && (target.to !== undefined || writes === from)) throw overtaken(plan, to, writes);
  const tookMs = Math.round(performance.now() - startedAt);
  return { ...result, to: writes.plan.name, changed: true, tookMs };
}

function writerOf(status: ClusterStatus, group: string): string {
  const writer = status.nodes.find((node) => node.group === group && isWriter(node));
  if (writer !== undefined) return writer.name;
  throw new EngineError("TARGET_NOT_FOUND", `${group} has no leader or master at this moment.`, {
    hint: `A group elects one by itself as soon as it can: hotfire status ${status.cluster}.`,
  });
}

function memberOf({ members }: Way, name: string): Member<BrokerPlan> {
  const member = members.find(({ plan }) => plan.name === name);
  if (member === undefined) throw new TypeError(`no member ${name}`);
  return member;
}

function addressOf({ docker }: Way, member: Member, purpose?: "dledger"): string {
  const address = purpose === undefined ? dialAddress(docker, member) : dialAddress(docker, member, purpose);
  if (address !== undefined) return address;
  throw new EngineError(
    "SWITCHOVER_FAILED",
    `This host cannot reach ${member.plan.name} over its protocol.`,
    {
      hint: "Run hotfire where the engine's containers can be reached.",
    },
  );
}

async function transfer(way: Way, from: Member<BrokerPlan>, to: Member<BrokerPlan>): Promise<void> {
  const idOf = ({ plan: { index } }: Member<BrokerPlan>) => `n${index}`;
  const address = addressOf(way, from, "dledger");
  const leader = { group: from.plan.group, selfId: idOf(from) };
  const term = await dledgerTerm(
    way.remoting,
    address,
    { ...leader, otherId: idOf(to) },
    { deadlineMs: askMs },
  );
  await dledgerTransferLeadership(
    way.remoting,
    address,
    leader,
    { selfId: idOf(to), term },
    { deadlineMs: transferMs },
  );
}

async function elect(way: Way, to: Member<BrokerPlan>): Promise<void> {
  const { docker, remoting, plan, all } = way;
  const limits = { deadlineMs: askMs };
  const controllers = all.flatMap((member) => {
    const address = member.plan.kind === "controller" ? dialAddress(docker, member) : undefined;
    return address === undefined ? [] : [address];
  });
  const leader = await findLeader(remoting, controllers);
  if (leader === undefined) {
    throw new EngineError("SWITCHOVER_FAILED", "The controllers have no leader that could elect a master.", {
      hint: `See hotfire status ${plan.name}.`,
    });
  }
  const group = to.plan.group;
  const state = (await syncStateData(remoting, leader, [group], limits)).get(group);
  const known = registeredAddresses(to, plan.spec.advertise);
  const replica = state?.inSyncReplicas.find(({ brokerAddress }) => known.includes(brokerAddress));
  if (replica === undefined) {
    throw new EngineError("SWITCHOVER_FAILED", `The controllers do not count ${to.plan.name} as in sync.`, {
      hint: `See hotfire status ${plan.name}.`,
    });
  }
  await electMaster(
    remoting,
    leader,
    { clusterName: plan.clusterName, brokerName: group, brokerId: replica.brokerId },
    limits,
  );
}

async function findLeader(
  remoting: RemotingClient,
  controllers: readonly string[],
): Promise<string | undefined> {
  const answers = await Promise.all(
    controllers.map(async (address) => {
      const metadata = await controllerMetadata(remoting, address, { deadlineMs: askMs }).catch(
        () => undefined,
      );
      return metadata?.isLeader === true ? address : undefined;
    }),
  );
  return answers.find((address) => address !== undefined);
}

/** Who takes the writes: the chosen one, or another that does so for longer than one that is deposed may believe in itself. */
async function untilWriter(
  { docker, remoting, plan, members }: Way,
  from: Member<BrokerPlan>,
  to: Member<BrokerPlan>,
  { deadlineMs: limitMs = deadlineMs, signal }: SwitchoverOptions,
): Promise<Member<BrokerPlan>> {
  const begin = performance.now();
  // A DLedger leader was asked to go, and may have been elected again; a controller's master learns of its successor when it does.
  const mayBe = (member: Member<BrokerPlan>) => member !== to && (member !== from || plan.mode === "dledger");
  const others = members.filter((member) => member.plan.group === to.plan.group && mayBe(member));
  const isTaken = async (member: Member<BrokerPlan>) =>
    isWriter({ role: await askRole(member, { docker, remoting, deadlineMs: triesMs }) });
  while (performance.now() < begin + limitMs) {
    signal?.throwIfAborted();
    if (await isTaken(to)) return to;
    if (performance.now() > begin + believedMs) {
      const takes = await Promise.all(others.map(isTaken));
      const other = others.find((_, index) => takes[index]);
      if (other !== undefined) return (await isTaken(to)) ? to : other;
    }
    await sleep(pollMs, undefined, signal === undefined ? {} : { signal });
  }
  throw new EngineError(
    "DEADLINE_PASSED",
    `${to.plan.name} was chosen, but does not take writes after ${Math.round(limitMs / 1000)} s.`,
    { hint: `See hotfire status ${plan.name}.` },
  );
}

class Overtaken extends Error {}

function overtaken(plan: ClusterPlan, to: Member<BrokerPlan>, other: Member<BrokerPlan>): EngineError {
  return new EngineError(
    "SWITCHOVER_FAILED",
    `${other.plan.name} takes the writes of ${to.plan.group}, and not ${to.plan.name}, which was chosen.`,
    { hint: `See hotfire status ${plan.name}, and try again.`, cause: new Overtaken(other.plan.name) },
  );
}
