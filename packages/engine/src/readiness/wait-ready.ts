import { setTimeout as sleep } from "node:timers/promises";
import { haStatus, type RemotingClient } from "@hotfire/remoting";
import type { BrokerPlan, ClusterPlan, GroupPlan } from "@hotfire/topology";
import { dialAddress, isBroker, type Member } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { judgeRegistration, type RegistrationJudgement } from "./judge-registration.ts";
import { expectedBrokers, readNamesrvViews } from "./namesrv-views.ts";
import { roundTrip } from "./round-trip.ts";
import { shortReason } from "./short-reason.ts";

/** Between two looks at the cluster; a look costs a name server well under a millisecond. */
const pollMs = 100;
const lookDeadlineMs = 1000;
/** A first attempt may meet a leader that has just lost its place: give up early, and be more patient each time. */
const firstAttemptMs = 1000;
const longestAttemptMs = 8000;
const masterId = 0;

/** What was seen last; kept up to date for whoever must explain a deadline. */
export interface ReadyState {
  registration: RegistrationJudgement | undefined;
  /** Groups through which a message has made the round trip, and why not for the others. */
  readonly passed: Set<string>;
  readonly problems: Map<string, string>;
}

export interface WaitOptions {
  readonly docker: DockerClient;
  readonly remoting: RemotingClient;
  readonly plan: ClusterPlan;
  readonly members: readonly Member[];
  readonly signal: AbortSignal;
  readonly state: ReadyState;
  readonly onRegistration?: (judged: RegistrationJudgement) => void;
}

/** Polls the name servers until every broker is registered at each of them in its role. */
export async function waitForRegistration(options: WaitOptions): Promise<RegistrationJudgement> {
  for (;;) {
    const judged = await look(options);
    options.onRegistration?.(judged);
    if (judged.complete) return judged;
    await sleep(pollMs, undefined, { signal: options.signal });
  }
}

/** Waits until every proxy's health check, which asks its own port, has passed. */
export async function waitForProxies(options: WaitOptions): Promise<void> {
  const { docker, members, signal, state } = options;
  const proxies = members.filter(({ plan }) => plan.kind === "proxy");
  await Promise.all(
    proxies.map(async ({ plan, container }) => {
      for (;;) {
        const details = container === undefined ? undefined : await docker.inspectContainer(container.id);
        if (details?.health === "healthy") break;
        state.problems.set(
          plan.name,
          `its container is ${details?.state ?? "missing"}, its health ${details?.health ?? "unknown"}`,
        );
        await sleep(pollMs, undefined, { signal });
      }
      state.problems.delete(plan.name);
    }),
  );
}

/** Sends a message through every group and reads it back, again and again until each has passed. */
export async function waitForRoundTrips(options: WaitOptions): Promise<void> {
  await Promise.all(options.plan.groups.map((group) => waitForGroup(options, group)));
}

async function waitForGroup(options: WaitOptions, group: GroupPlan): Promise<void> {
  const { remoting, signal, state } = options;
  for (let attemptMs = firstAttemptMs; ; attemptMs = Math.min(2 * attemptMs, longestAttemptMs)) {
    signal.throwIfAborted();
    const master = findMaster(options, group);
    if (master === undefined) {
      state.problems.set(group.name, "no master is registered");
    } else {
      try {
        await waitForReplicas(remoting, master, group, options);
        await roundTrip(remoting, master, { deadlineMs: attemptMs, signal });
        state.passed.add(group.name);
        state.problems.delete(group.name);
        return;
      } catch (error) {
        signal.throwIfAborted();
        state.problems.set(group.name, shortReason(error));
      }
    }
    await sleep(pollMs, undefined, { signal });
    await look(options);
  }
}

/** Asks the name servers once, and keeps what they say. */
async function look(options: WaitOptions): Promise<RegistrationJudgement> {
  const { docker, remoting, plan, members, signal, state } = options;
  const views = await readNamesrvViews(docker, remoting, members, { deadlineMs: lookDeadlineMs, signal });
  signal.throwIfAborted();
  state.registration = judgeRegistration(expectedBrokers(plan, members), views);
  return state.registration;
}

function findMaster(options: WaitOptions, group: GroupPlan): string | undefined {
  const registered = options.state.registration?.registrations.find(
    ({ node, brokerId }) => brokerId === masterId && group.brokers.some((broker) => broker.name === node),
  );
  const member = options.members.find(({ plan }) => plan.name === registered?.node);
  return member === undefined ? undefined : dialAddress(options.docker, member);
}

/**
 * Where an acknowledgement stands for several copies, a send before the slaves are connected blocks for
 * `slaveTimeout` (3 s). Ask the master for its slaves first.
 */
async function waitForReplicas(
  remoting: RemotingClient,
  master: string,
  group: GroupPlan,
  options: WaitOptions,
): Promise<void> {
  const isRaft = group.brokers.some((broker: BrokerPlan) => broker.role === "leader-or-follower");
  if (isRaft || group.acknowledgedReplicas < 2) return;
  const status = await haStatus(remoting, master, { deadlineMs: lookDeadlineMs, signal: options.signal });
  const copies = 1 + status.haConnectionInfo.filter((slave) => slave.inSync).length;
  if (copies < group.acknowledgedReplicas) {
    throw new Error(
      `${copies} of the ${group.acknowledgedReplicas} copies that an acknowledgement needs are in sync`,
    );
  }
}

/** Findings for an error: what was still missing. */
export function describeState(state: ReadyState, members: readonly Member[]): string[] {
  const groups = new Set(members.filter(isBroker).map(({ plan }) => plan.group));
  const waiting = [...groups].filter((group) => !state.passed.has(group));
  const proxies = members.filter(({ plan }) => plan.kind === "proxy" && state.problems.has(plan.name));
  return [
    ...(state.registration?.missing ?? ["the name servers were not asked yet"]),
    ...waiting.map(
      (group) => `no round trip through ${group}: ${state.problems.get(group) ?? "not tried yet"}`,
    ),
    ...proxies.map(({ plan }) => `${plan.name} is not ready: ${state.problems.get(plan.name)}`),
  ];
}
