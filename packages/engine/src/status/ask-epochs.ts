import { brokerEpochCache, controllerMemory } from "@hotfire/remoting";
import type { ClusterPlan } from "@hotfire/topology";
import { isBroker, type Member } from "../clusters/members.ts";
import { shortReason } from "../readiness/short-reason.ts";
import { type AskOptions, reach } from "./broker-facts.ts";
import type { Epochs, EpochView } from "./controller-epochs.ts";
import type { ControllerFacts } from "./controller-facts.ts";

/** Asks every controller and every broker for the epochs of each group. Brokers that do not answer are left out. */
export async function askEpochs(
  plan: ClusterPlan,
  members: readonly Member[],
  controllers: ReadonlyMap<string, ControllerFacts>,
  options: AskOptions,
): Promise<readonly EpochView[]> {
  const groups = plan.groups.map(({ name }) => name);
  const [counted, written] = await Promise.all([
    Promise.all(
      members
        .filter((member) => member.plan.kind === "controller")
        .map(async (member) => [member.plan.name, await askMemory(member, groups, options)] as const),
    ),
    Promise.all(
      members.filter(isBroker).map(async (member) => [member, await askLog(member, options)] as const),
    ),
  ]);
  const leader = [...controllers].find(([, facts]) => facts.metadata?.isLeader === true)?.[0];
  return groups.map((group) => ({
    group,
    leader,
    controllers: new Map(counted.map(([name, said]) => [name, inGroup(said, group)] as const)),
    brokers: new Map(
      written.flatMap(([member, epoch]) =>
        member.plan.group === group && epoch !== undefined ? [[member.plan.name, epoch] as const] : [],
      ),
    ),
  }));
}

type Memory = { readonly groups: ReadonlyMap<string, Epochs> } | { readonly problem: string };

async function askMemory(
  member: Member,
  groups: readonly string[],
  { docker, remoting, ...limits }: AskOptions,
): Promise<Memory> {
  const way = reach(docker, member);
  if ("problem" in way) return way;
  try {
    const states = await controllerMemory(remoting, way.address, groups, limits);
    const groupsSaid = [...states].map(
      ([group, { masterEpoch, syncStateSetEpoch: setEpoch }]) => [group, { masterEpoch, setEpoch }] as const,
    );
    return { groups: new Map(groupsSaid) };
  } catch (error) {
    return { problem: shortReason(error) };
  }
}

/** A group that a controller has no state of has had no event there. */
function inGroup(memory: Memory, group: string): Epochs | { readonly problem: string } {
  return "problem" in memory ? memory : (memory.groups.get(group) ?? { masterEpoch: 0, setEpoch: 0 });
}

async function askLog(
  member: Member,
  { docker, remoting, ...limits }: AskOptions,
): Promise<number | undefined> {
  const way = reach(docker, member);
  if ("problem" in way) return undefined;
  const cache = await brokerEpochCache(remoting, way.address, limits).catch(() => undefined);
  return cache?.epochList?.at(-1)?.epoch;
}
