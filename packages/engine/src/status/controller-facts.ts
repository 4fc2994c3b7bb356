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
  return new Map([...states].map(([group, state]) => [group, inWords(plan, members, state)]));
}

function inWords(plan: ClusterPlan, members: readonly Member[], state: SyncState): SyncStateStatus {
  const nodeAt = (address: string | undefined) =>
    members
      .filter(isBroker)
      .find((member) => registeredAddresses(member, plan.spec.advertise).includes(address ?? ""))?.plan
      .name ?? address;
  const nodes = (replicas: SyncState["inSyncReplicas"]) =>
    replicas.map(({ brokerAddress }) => nodeAt(brokerAddress) ?? brokerAddress).sort();
  return {
    master: nodeAt(state.masterAddress),
    masterEpoch: state.masterEpoch,
    inSync: nodes(state.inSyncReplicas),
    outOfSync: nodes(state.notInSyncReplicas),
  };
}
