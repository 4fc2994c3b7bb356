import { createRemotingClient } from "@hotfire/remoting";
import type { ClusterPlan, GroupPlan } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import { dialAddress, isBroker, type Member, membersOf, planOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { judgeRegistration } from "../readiness/judge-registration.ts";
import { expectedBrokers, readNamesrvViews } from "../readiness/namesrv-views.ts";
import { type RoundTrip, roundTrip } from "../readiness/round-trip.ts";
import { shortReason } from "../readiness/short-reason.ts";
import { askEpochs } from "../status/ask-epochs.ts";
import { askBroker, type BrokerFacts } from "../status/broker-facts.ts";
import { askController, askSyncState, type ControllerFacts } from "../status/controller-facts.ts";
import { groupsWithoutWriter } from "../status/writers.ts";
import { type Claim, type Verification, verdictOf } from "./claim.ts";
import { claimController } from "./claim-controller.ts";
import { claimDledger } from "./claim-dledger.ts";
import { claimReplicas } from "./claim-replicas.ts";
import { roundTripInside } from "./round-trip-inside.ts";
import { settled } from "./settled.ts";

const askDeadlineMs = 2000;
const roundTripDeadlineMs = 5000;

export interface VerifyOptions {
  readonly signal?: AbortSignal;
}

/** What the claims are judged by. */
export interface Evidence {
  readonly plan: ClusterPlan;
  readonly members: readonly Member[];
  readonly brokers: ReadonlyMap<string, BrokerFacts>;
}

/** Proves what the cluster's mode promises, claim by claim. Nothing here throws because a node is dead. */
export async function verify(
  docker: DockerClient,
  cluster: FoundCluster,
  options: VerifyOptions = {},
): Promise<Verification> {
  const startedAt = performance.now();
  const plan = planOf(cluster);
  const members = membersOf(plan, cluster);
  await using remoting = createRemotingClient({ connectTimeoutMs: askDeadlineMs });
  const limits = {
    deadlineMs: askDeadlineMs,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const asking = { docker, remoting, ...limits };
  const askAll = async () => {
    const facts = members
      .filter(isBroker)
      .map(async (member) => [member.plan.name, await askBroker(member, asking)] as const);
    return new Map(await Promise.all(facts));
  };
  const askControllers = async (): Promise<ReadonlyMap<string, ControllerFacts>> => {
    const facts = members
      .filter((member) => member.plan.kind === "controller")
      .map(async (member) => [member.plan.name, await askController(member, asking)] as const);
    return new Map(await Promise.all(facts));
  };
  const [views, brokers, known] = await Promise.all([
    readNamesrvViews(docker, remoting, members, limits),
    askAll(),
    askControllers(),
  ]);
  const sets = await askSyncState(plan, members, known, asking);
  const writerless = groupsWithoutWriter({ plan, brokers, controllers: known, syncStates: sets });
  const before: Evidence = { plan, members, brokers };
  const masters = new Map(plan.groups.map((group) => [group.name, findMaster(before, group)]));

  const [fromHost, inside] = await Promise.all([
    mapGroups(plan, (group) =>
      tripFromHost(docker, masters.get(group.name), asking.remoting, options.signal),
    ),
    mapGroups(plan, (group) => roundTripInside(docker, members, group)),
  ]);
  // Asked again: what the messages just sent have become on the replicas.
  const claims: Claim[] = [claimRegistration(plan, members, views)];
  for (const group of plan.groups) {
    const trip = fromHost.get(group.name);
    claims.push(claimTripFromHost(group, masters.get(group.name), trip, writerless.get(group.name)?.text));
    const insideTrip = inside.get(group.name);
    if (insideTrip !== undefined) claims.push(insideTrip);
    const sent = trip !== undefined && "trip" in trip ? trip.trip : undefined;
    if (plan.mode === "dledger") claims.push(...(await claimDledger({ ...before, askAll }, group, sent)));
    else claims.push(...(await claimReplicas({ ...before, askAll }, group, sent)));
  }
  if (plan.mode === "controller") {
    const judge = async () => {
      const controllers = await askControllers();
      const [syncStates, epochs] = await Promise.all([
        askSyncState(plan, members, controllers, asking),
        askEpochs(plan, members, controllers, asking),
      ]);
      return claimController(plan, controllers, syncStates, epochs);
    };
    // A slave that has just caught up is in sync as soon as the controllers have agreed.
    claims.push(...(await settled(await judge(), judge)));
  }
  const tookMs = Math.round(performance.now() - startedAt);
  return { cluster: cluster.name, verdict: verdictOf(claims), claims, tookMs };
}

function findMaster(evidence: Evidence, group: GroupPlan): Member | undefined {
  return evidence.members.filter(isBroker).find((member) => {
    const role = member.plan.group === group.name ? evidence.brokers.get(member.plan.name)?.role : undefined;
    return role === "leader" || role === "master";
  });
}

async function mapGroups<T>(
  plan: ClusterPlan,
  ask: (group: GroupPlan) => Promise<T>,
): Promise<Map<string, T>> {
  return new Map(
    await Promise.all(plan.groups.map(async (group) => [group.name, await ask(group)] as const)),
  );
}

type Trip = { readonly trip: RoundTrip } | { readonly problem: string };

async function tripFromHost(
  docker: DockerClient,
  master: Member | undefined,
  remoting: ReturnType<typeof createRemotingClient>,
  signal: AbortSignal | undefined,
): Promise<Trip> {
  const address = master === undefined ? undefined : dialAddress(docker, master);
  if (address === undefined) return { problem: "no broker of the group says that it takes writes" };
  try {
    const limits = { deadlineMs: roundTripDeadlineMs, ...(signal === undefined ? {} : { signal }) };
    return { trip: await roundTrip(remoting, address, limits) };
  } catch (error) {
    return { problem: shortReason(error) };
  }
}

/** `noWriter`: the judgement of `status`, where no broker of the group took writes when they were asked. */
function claimTripFromHost(
  group: GroupPlan,
  master: Member | undefined,
  trip: Trip | undefined,
  noWriter: string | undefined,
): Claim {
  const claim = `a message makes the round trip through ${group.name} from this host`;
  const base = { id: "round-trip-host", group: group.name, claim };
  if (trip === undefined || "problem" in trip)
    return {
      ...base,
      result: "fail",
      evidence: [...(noWriter === undefined ? [] : [noWriter]), trip?.problem ?? "not tried"],
    };
  const { sendMs, readMs, queueOffset } = trip.trip;
  return {
    ...base,
    result: "pass",
    evidence: [
      `stored by ${master?.plan.name} in ${sendMs.toFixed(1)} ms at queue offset ${queueOffset}, read back in ${readMs.toFixed(1)} ms`,
    ],
  };
}

function claimRegistration(
  plan: ClusterPlan,
  members: readonly Member[],
  views: Awaited<ReturnType<typeof readNamesrvViews>>,
): Claim {
  const judged = judgeRegistration(expectedBrokers(plan, members), views);
  const brokers = members.filter(isBroker).map(({ plan: { name } }) => {
    const found = judged.registrations.filter(({ node }) => node === name);
    const ids = [...new Set(found.map(({ brokerId }) => brokerId))].join(" and ");
    return `${name}: brokerId ${ids} at ${found.map(({ namesrv }) => namesrv).join(", ")}`;
  });
  return {
    id: "registration",
    claim: "every broker is registered at every name server in its role",
    result: judged.complete ? "pass" : "fail",
    evidence: judged.complete ? brokers : judged.missing,
  };
}
