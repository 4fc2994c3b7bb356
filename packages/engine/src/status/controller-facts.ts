import {
  type ControllerMetadata,
  controllerMetadata,
  type SyncState,
  syncStateData,
} from "@hotfire/remoting";
import type { ClusterPlan } from "@hotfire/topology";
import { isBroker, type Member, registeredAddresses } from "../clusters/members.ts";
import { shortReason } from "../readiness/short-reason.ts";
import { type AskOptions, reach } from "./broker-facts.ts";
import type { SyncStateStatus } from "./cluster-status.ts";

export interface ControllerFacts {
  readonly metadata: ControllerMetadata | undefined;
  readonly problem: string | undefined;
}

export async function askController(member: Member, options: AskOptions): Promise<ControllerFacts> {
  const { docker, remoting, ...limits } = options;
  const way = reach(docker, member);
  if ("problem" in way) return { metadata: undefined, problem: way.problem };
  try {
    return { metadata: await controllerMetadata(remoting, way.address, limits), problem: undefined };
  } catch (error) {
    return { metadata: undefined, problem: shortReason(error) };
  }
}

/** Sync-state sets from whichever controller says that it leads; empty when none does. */
export async function askSyncState(
  plan: ClusterPlan,
  members: readonly Member[],
  controllers: ReadonlyMap<string, ControllerFacts>,
  options: AskOptions,
): Promise<ReadonlyMap<string, SyncStateStatus>> {
  const { docker, remoting, ...limits } = options;
  const leader = members.find((member) => controllers.get(member.plan.name)?.metadata?.isLeader === true);
  const way = leader === undefined ? undefined : reach(docker, leader);
  if (way === undefined || "problem" in way) return new Map();
  const groups = plan.groups.map((group) => group.name);
  const states = await syncStateData(remoting, way.address, groups, limits).catch(
    () => new Map<string, SyncState>(),
  );
  return new Map([...states].map(([group, state]) => [group, inWords(group, plan, members, state)]));
}

function inWords(
  group: string,
  plan: ClusterPlan,
  members: readonly Member[],
  state: SyncState,
): SyncStateStatus {
  const brokers = members.filter(isBroker).filter((member) => member.plan.group === group);
  const known = new Map(
    brokers.flatMap((member) =>
      registeredAddresses(member, plan.spec.advertise).map((address) => [address, member.plan.name] as const),
    ),
  );
  const addresses = [...state.inSyncReplicas, ...state.notInSyncReplicas].map(
    ({ brokerAddress }) => brokerAddress,
  );
  const strangers = addresses.filter((address) => !known.has(address));
  const named = new Set(addresses.flatMap((address) => known.get(address) ?? []));
  const unnamed = brokers.filter(({ plan: { name } }) => !named.has(name));
  // A stopped container has no address any more; with one left over on each side there is no doubt.
  const [stranger] = strangers;
  const [left] = unnamed;
  if (stranger !== undefined && left !== undefined && strangers.length === 1 && unnamed.length === 1) {
    known.set(stranger, left.plan.name);
  }
  const nodeAt = (address: string) => known.get(address) ?? address;
  const nodes = (replicas: SyncState["inSyncReplicas"]) =>
    replicas.map(({ brokerAddress }) => nodeAt(brokerAddress)).sort();
  return {
    master: state.masterAddress === undefined ? undefined : nodeAt(state.masterAddress),
    masterEpoch: state.masterEpoch,
    inSync: nodes(state.inSyncReplicas),
    outOfSync: nodes(state.notInSyncReplicas),
  };
}
