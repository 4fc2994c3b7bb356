import { setTimeout as sleep } from "node:timers/promises";
import { createRemotingClient } from "@hotfire/remoting";
import type { BrokerPlan, ClusterPlan, NoWriter } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import {
  containerAddress,
  isBroker,
  type Member,
  mainPortOf,
  membersOf,
  planOf,
} from "../clusters/members.ts";
import type { ContainerDetails, DockerClient } from "../docker/docker-client.ts";
import { judgeRegistration, type RegistrationJudgement } from "../readiness/judge-registration.ts";
import { expectedBrokers, readNamesrvViews } from "../readiness/namesrv-views.ts";
import { askEpochs } from "./ask-epochs.ts";
import { type AskOptions, askBroker, type BrokerFacts, replicationOf } from "./broker-facts.ts";
import { clientAddresses } from "./client-addresses.ts";
import type { ClusterStatus, ContainerStatus, NodeMemory, NodeRole, NodeStatus } from "./cluster-status.ts";
import { judgeEpochs } from "./controller-epochs.ts";
import { askController, askSyncState, type ControllerFacts } from "./controller-facts.ts";
import { parseJvmMemory } from "./jvm-memory.ts";
import { describeEnd, nodeProblem } from "./node-problem.ts";
import { groupsWithoutWriter, type NodeEnd } from "./writers.ts";

/** A node that hangs costs this much, one that answers a few milliseconds. */
const defaultDeadlineMs = 1000;

export interface StatusOptions {
  /** How long each node may take to answer. Default 1,000. */
  readonly deadlineMs?: number;
}

/**
 * The truth about a cluster, from its containers and over the protocol, everything asked at once. Nodes that are dead or
 * do not answer are part of the answer, never an error.
 */
export async function readStatus(
  docker: DockerClient,
  cluster: FoundCluster,
  { deadlineMs = defaultDeadlineMs }: StatusOptions = {},
): Promise<ClusterStatus> {
  const startedAt = performance.now();
  const plan = planOf(cluster);
  const members = membersOf(plan, cluster);
  await using remoting = createRemotingClient({ connectTimeoutMs: deadlineMs });
  const options = { docker, remoting, deadlineMs };
  const controllers = askControllers(members, options);
  const [containers, views, brokers, controllerFacts, syncStates, apart] = await Promise.all([
    mapMembers(members, (member) => readContainer(docker, member)),
    readNamesrvViews(docker, remoting, members, { deadlineMs }),
    mapMembers(members.filter(isBroker), (member) => askBroker(member, options)),
    controllers,
    controllers.then((facts) => askSyncState(plan, members, facts, options)),
    controllers.then((facts) => epochProblems(plan, members, facts, options)),
  ]);
  const judged = judgeRegistration(expectedBrokers(plan, members), views);
  const ends = new Map(
    [...containers].flatMap(([name, { end }]) => (end === undefined ? [] : [[name, end] as const])),
  );
  const writerless = groupsWithoutWriter({ plan, brokers, controllers: controllerFacts, syncStates, ends });
  const nodes = members.map((member): NodeStatus => {
    const { end: _, ...container } = containers.get(member.plan.name) ?? missingContainer(member);
    const view = views.find(({ namesrv }) => namesrv === member.plan.name);
    const common = { ...describeNode(member), ...container };
    if (isBroker(member)) {
      return {
        ...common,
        ...describeBroker(member, brokers, judged, members),
        memory: { ...common.memory, ...directUse(brokers.get(member.plan.name)) },
      };
    }
    if (member.plan.kind === "controller")
      return { ...common, ...describeController(controllerFacts.get(member.plan.name)) };
    return {
      ...common,
      role: undefined,
      ...(view?.problem === undefined ? {} : { unreachable: view.problem }),
    };
  });
  const groups = plan.groups.map((group) => {
    const masters = nodes.filter(
      ({ group: name, role }) => name === group.name && (role === "leader" || role === "master"),
    );
    const syncState = syncStates.get(group.name);
    const noWriter = writerless.get(group.name);
    return {
      name: group.name,
      master: masters[0]?.name,
      ...(noWriter === undefined
        ? {}
        : { noWriter: { why: noWriter.why, since: noWriter.since, text: noWriter.text } }),
      acknowledgedReplicas: group.acknowledgedReplicas,
      ...(syncState === undefined ? {} : { syncState }),
    };
  });
  const problems = [...findProblems(nodes, judged, [...writerless.values()]), ...apart];
  const anyRuns = nodes.some(({ container }) => container.state === "running");
  return {
    cluster: cluster.name,
    mode: plan.mode,
    clusterName: plan.clusterName,
    rocketmq: plan.spec.rocketmq,
    state: !anyRuns ? "stopped" : problems.length === 0 ? "ready" : "degraded",
    problems,
    nodes,
    groups,
    client: clientAddresses(plan, cluster),
    tookMs: Math.round(performance.now() - startedAt),
  };
}

const looks = 3;
const lookAgainMs = 50;

/** Controllers hear of an event one after another: what is apart at one look and not at a later one is no problem. */
async function epochProblems(
  plan: ClusterPlan,
  members: readonly Member[],
  controllers: ReadonlyMap<string, ControllerFacts>,
  options: AskOptions,
): Promise<readonly string[]> {
  if (plan.mode !== "controller") return [];
  for (let look = 1; ; look++) {
    const views = await askEpochs(plan, members, controllers, options);
    const problems = views.flatMap((view) => judgeEpochs(view).problems);
    if (problems.length === 0 || look === looks) return problems;
    await sleep(lookAgainMs);
  }
}

async function askControllers(
  members: readonly Member[],
  options: Parameters<typeof askController>[1],
): Promise<Map<string, ControllerFacts>> {
  const controllers = members.filter(({ plan }) => plan.kind === "controller");
  return mapMembers(controllers, (member) => askController(member, options));
}

async function mapMembers<M extends Member, T>(
  members: readonly M[],
  ask: (member: M) => Promise<T>,
): Promise<Map<string, T>> {
  const entries = await Promise.all(
    members.map(async (member) => [member.plan.name, await ask(member)] as const),
  );
  return new Map(entries);
}

interface ContainerFacts {
  readonly container: ContainerStatus;
  readonly memory: NodeMemory;
  readonly end?: NodeEnd;
}

function missingContainer(member: Member): ContainerFacts {
  return {
    container: { id: "", state: "missing", health: "none", uptimeSeconds: undefined, restarts: 0 },
    memory: {
      usedBytes: undefined,
      limitBytes: member.plan.memoryBytes,
      heapBytes: undefined,
      directBytes: undefined,
    },
  };
}

async function readContainer(docker: DockerClient, member: Member): Promise<ContainerFacts> {
  const id = member.container?.id;
  if (id === undefined) return missingContainer(member);
  const isAlive = member.container?.state === "running" || member.container?.state === "paused";
  const [details, use] = await Promise.all([
    docker.inspectContainer(id),
    isAlive ? docker.memoryUse(id).catch(() => undefined) : undefined,
  ]);
  if (details === undefined) return missingContainer(member);
  const commandLine = await docker.commandLine(details).catch(() => undefined);
  const container = describeContainer(details);
  return {
    container,
    ...(isAlive ? {} : { end: { text: describeEnd(container), at: details.finishedAt?.getTime() } }),
    memory: {
      usedBytes: use?.usedBytes,
      limitBytes: details.memoryLimitBytes,
      ...parseJvmMemory(commandLine ?? ""),
    },
  };
}

function describeContainer(details: ContainerDetails): ContainerStatus {
  const { state, startedAt } = details;
  const isAlive = state === "running" || state === "paused";
  const healthProblem = details.health === "unhealthy" && isAlive ? details.healthLog.at(-1) : undefined;
  const uptime = isAlive && startedAt !== undefined ? (Date.now() - startedAt.getTime()) / 1000 : undefined;
  return {
    id: details.id.slice(0, 12),
    state,
    health: isAlive ? details.health : "none",
    ...(healthProblem === undefined ? {} : { healthProblem }),
    uptimeSeconds: uptime === undefined ? undefined : Math.max(0, Math.round(uptime)),
    restarts: details.restarts,
    ...(isAlive || state === "created" ? {} : { exitCode: details.exitCode, oomKilled: details.oomKilled }),
  };
}

function directUse(facts: BrokerFacts | undefined): Pick<NodeMemory, "directUsedBytes"> {
  const direct = facts?.runtime?.condition?.direct;
  return direct === undefined ? {} : { directUsedBytes: direct.usedBytes };
}

function describeNode(
  member: Member,
): Pick<NodeStatus, "name" | "kind" | "containerAddress" | "hostAddress"> {
  const port = mainPortOf(member.plan);
  const address = containerAddress(member);
  return {
    name: member.plan.name,
    kind: member.plan.kind,
    containerAddress:
      address === undefined || port === undefined ? undefined : `${address}:${port.container}`,
    hostAddress: port?.host === undefined ? undefined : `${port.host.address}:${port.host.port}`,
  };
}

function describeBroker(
  member: Member<BrokerPlan>,
  brokers: ReadonlyMap<string, BrokerFacts>,
  judged: RegistrationJudgement,
  members: readonly Member[],
): Pick<
  NodeStatus,
  "group" | "role" | "brokerId" | "version" | "registeredAt" | "replication" | "unreachable" | "sick"
> {
  const facts = brokers.get(member.plan.name);
  const sick = facts?.runtime?.condition?.problem;
  const replication = replicationOf(member, brokers, members);
  return {
    group: member.plan.group,
    role: facts?.role,
    ...(facts?.brokerId === undefined ? {} : { brokerId: facts.brokerId }),
    ...(facts?.runtime?.version === undefined ? {} : { version: facts.runtime.version }),
    registeredAt: judged.registrations
      .filter(({ node }) => node === member.plan.name)
      .map(({ namesrv, brokerId, address }) => ({ namesrv, brokerId, address })),
    ...(replication === undefined ? {} : { replication }),
    ...(facts?.problem === undefined ? {} : { unreachable: facts.problem }),
    ...(sick === undefined ? {} : { sick }),
  };
}

function describeController(facts: ControllerFacts | undefined): {
  role: NodeRole | undefined;
  unreachable?: string;
} {
  const metadata = facts?.metadata;
  return {
    role: metadata === undefined ? undefined : metadata.isLeader ? "leader" : "follower",
    ...(facts?.problem === undefined ? {} : { unreachable: facts.problem }),
  };
}

function findProblems(
  nodes: readonly NodeStatus[],
  judged: RegistrationJudgement,
  writerless: readonly NoWriter[],
): string[] {
  const problems: string[] = writerless.map(({ text }) => text);
  for (const node of nodes) {
    const problem = nodeProblem(node);
    if (problem !== undefined) problems.push(problem);
  }
  // A node that does not run is one problem, not one for every name server that misses it.
  const alive = new Set(
    nodes.filter(({ container }) => container.state === "running").map(({ name }) => name),
  );
  const isNews = (finding: string) =>
    nodes.every(({ name }) => !finding.startsWith(`${name} `) || alive.has(name));
  const known = judged.missing.filter((finding) => isNews(finding) && !finding.includes(" does not answer"));
  return [...problems, ...known];
}
