import type {
  BrokerGroupState,
  BrokerState,
  ClusterState,
  ControllerState,
  Problem,
  Replication,
} from "../../api/index.ts";
import { type BrokerWatch, hostOf } from "./broker-watch.ts";
import type { ControllerWatch } from "./controller-watch.ts";
import { groupCounts, groupRates } from "./group-rates.ts";
import type { NamesrvWatch } from "./namesrv-watch.ts";
import { noWriterOf } from "./no-writer.ts";
import type { ProxyWatch } from "./proxy-watch.ts";
import { noAnswer, type ReachabilityLog } from "./reachability.ts";
import { runtimeFacts } from "./runtime-facts.ts";
import { writersOf } from "./writers.ts";

export interface Watched {
  readonly namesrvs: readonly NamesrvWatch[];
  readonly brokers: readonly BrokerWatch[];
  readonly controllers: readonly ControllerWatch[];
  readonly proxies: readonly ProxyWatch[];
  /** When a writer of a group was last seen, in milliseconds since 1970. */
  readonly writerSeenAt: (group: string) => number | undefined;
}

/** What is known, put together: no I/O. */
export function assemble(watched: Watched, pollMs: number, now: number): ClusterState {
  const names = [...new Set(watched.brokers.map(({ brokerName }) => brokerName))].sort();
  const groups = names.map((name) => groupState(name, watched, now));
  const namesrvs = watched.namesrvs.map((namesrv) => ({
    address: namesrv.address,
    ...state(namesrv.reachability, true),
    brokers: namesrv.brokerCount,
  }));
  const controllers = watched.controllers.map(
    (controller): ControllerState => ({
      address: controller.address,
      ...state(controller.reachability, true),
      isLeader: controller.isLeader,
      peers: [...(controller.metadata?.peers ?? [])],
    }),
  );
  const proxies = watched.proxies.map(({ address, reachability }) => ({
    address,
    ...state(reachability, true),
  }));
  const seen = namesrvs.flatMap(({ lastSeen }) => lastSeen ?? []);
  const problems = findProblems(groups, [...namesrvs, ...controllers, ...proxies], controllers);
  const isReachable = namesrvs.some(({ health }) => health === "ok");
  const brokers = groups.flatMap((group) => group.brokers);
  return {
    at: now,
    pollMs,
    state:
      seen.length === 0 && brokers.length === 0
        ? namesrvs.every(({ health }) => health === "unreachable")
          ? "unreachable"
          : "waiting"
        : !isReachable
          ? "unreachable"
          : problems.length > 0
            ? "degraded"
            : "ok",
    knownSince: seen.length === 0 ? null : Math.max(...seen),
    problems,
    clusters: [...new Set(watched.brokers.map(({ cluster }) => cluster))].sort(),
    groups,
    namesrvs,
    controllers,
    proxies,
    totals: {
      tps: total(groups, groupRates),
      messagesToday: total(groups, (group) => groupCounts(group, "messagesToday")),
      messagesYesterday: total(groups, (group) => groupCounts(group, "messagesYesterday")),
    },
  };
}

function groupState(name: string, watched: Watched, now: number): BrokerGroupState {
  const members = watched.brokers.filter(({ brokerName }) => brokerName === name);
  const [writer, ...rivals] = writersOf(members);
  const none = noWriterOf(name, members, watched.controllers, watched.writerSeenAt(name), now);
  const leader = watched.controllers.find(({ isLeader }) => isLeader);
  const sync = leader?.syncStates.get(name);
  return {
    name,
    cluster: members[0]?.cluster ?? "",
    writer: writer?.id ?? null,
    rivals: rivals.map(({ id }) => id),
    noWriter:
      none === undefined
        ? null
        : { why: none.why, since: none.since ?? null, detail: none.detail, text: none.text },
    mode: members.some(({ isRaft }) => isRaft)
      ? "dledger"
      : members.some(({ isControlled }) => isControlled)
        ? "controller"
        : members.length > 1
          ? "master-slave"
          : "single",
    brokers: members.map((broker) => brokerState(broker, members, watched)).sort(bySeniority),
    syncState:
      sync === undefined
        ? null
        : {
            masterEpoch: sync.masterEpoch,
            inSync: sync.inSyncReplicas.map(({ brokerAddress }) => brokerAddress),
            outOfSync: sync.notInSyncReplicas.map(({ brokerAddress }) => brokerAddress),
          },
  };
}

/** By address, so that rows stay where they are when roles change. */
function bySeniority(a: BrokerState, b: BrokerState): number {
  return a.address.localeCompare(b.address, "en", { numeric: true });
}

function brokerState(broker: BrokerWatch, members: readonly BrokerWatch[], watched: Watched): BrokerState {
  const reach = state(broker.reachability, broker.role !== "unknown");
  const facts = runtimeFacts(broker.runtime);
  const isGone = reach.health === "unreachable";
  return {
    id: broker.id,
    name: broker.name,
    brokerName: broker.brokerName,
    address: broker.address,
    brokerId: registeredId(broker, watched.namesrvs) ?? broker.brokerId ?? null,
    role: broker.role,
    ...reach,
    registeredAt: watched.namesrvs
      .filter((namesrv) => !namesrv.reachability.isUnreachable && namesrv.has(broker.address))
      .map(({ address }) => address),
    ...facts,
    sick: isGone ? null : facts.sick,
    tps: isGone ? { in: 0, out: 0 } : facts.tps,
    replication: replication(broker, members),
  };
}

function registeredId(broker: BrokerWatch, namesrvs: readonly NamesrvWatch[]): number | undefined {
  for (const { info, reachability } of namesrvs) {
    if (reachability.isUnreachable) continue;
    const addresses = info?.brokers.get(broker.brokerName)?.brokerAddrs ?? new Map<number, string>();
    for (const [id, address] of addresses) if (address === broker.address) return id;
  }
  return undefined;
}

function replication(broker: BrokerWatch, members: readonly BrokerWatch[]): Replication | null {
  if (broker.isRaft) {
    if (broker.dledger === undefined) return null;
    const ends = members.flatMap(({ runtime }) => runtime?.commitLogMaxOffset ?? []);
    const own = broker.runtime?.commitLogMaxOffset;
    return {
      kind: "dledger",
      ...broker.dledger,
      lagBytes: own === undefined ? null : Math.max(0, Math.max(...ends) - own),
    };
  }
  if (broker.ha === undefined) return null;
  if (broker.ha.master) {
    return { kind: "master", slaves: slavesOf(broker) };
  }
  const master = members.find((member) => member.isWriter && member.ha?.master === true);
  const ownHost = hostOf(broker.address);
  // A slave does not know whether its connection is alive; its master does.
  const seen =
    master === undefined ? undefined : slavesOf(master).find(({ address }) => hostOf(address) === ownHost);
  return {
    kind: "slave",
    connected: master === undefined ? null : seen !== undefined,
    lagBytes: seen?.lagBytes ?? null,
  };
}

function slavesOf(master: BrokerWatch): { address: string; lagBytes: number; inSync: boolean }[] {
  return (master.ha?.haConnectionInfo ?? []).map(({ addr, diff, inSync }) => ({
    address: addr.replace(/^\//, ""),
    lagBytes: Math.max(0, diff),
    inSync,
  }));
}

type Other = { readonly address: string } & Pick<BrokerState, "health" | "problem" | "silence">;

function findProblems(
  groups: readonly BrokerGroupState[],
  others: readonly Other[],
  controllers: readonly ControllerState[],
): Problem[] {
  const named = ({ brokerName, name, address }: BrokerState) =>
    name === address ? `${brokerName} ${address}` : name;
  const problems = groups.flatMap((group) => [
    ...groupProblems(group),
    ...group.brokers.flatMap((broker): Problem[] => {
      const { health, sick, replication: copy } = broker;
      const node = named(broker);
      if (health === "unreachable") return [unreachable(node, broker)];
      if (sick !== null) return [{ code: "NODE_SICK", node, detail: sick, text: `${node} is ${sick}` }];
      if (health === "starting")
        return [{ code: "NODE_WITHOUT_ROLE", node, text: `${node} has no role yet` }];
      if (copy?.kind === "slave" && copy.connected === false)
        return [{ code: "SLAVE_DISCONNECTED", node, text: `${node} is not connected to its master` }];
      return [];
    }),
  ]);
  for (const other of others) {
    if (other.health === "unreachable") problems.push(unreachable(other.address, other));
  }
  // One that has not answered yet may lead.
  const isLed = controllers.some(({ isLeader, health }) => isLeader || health === "starting");
  if (controllers.length > 0 && !isLed) {
    problems.push({ code: "CONTROLLERS_LEADERLESS", text: "the controllers have no leader" });
  }
  return problems;
}

function groupProblems({ name: group, noWriter, rivals }: BrokerGroupState): Problem[] {
  const writers = rivals.length + 1;
  const text = `${group} has ${writers} brokers that take writes at once: what they store differs`;
  return [
    ...(noWriter === null ? [] : [{ code: "NO_WRITER" as const, group, ...noWriter }]),
    ...(rivals.length === 0 ? [] : [{ code: "RIVAL_WRITERS" as const, group, writers, text }]),
  ];
}

function unreachable(node: string, { problem, silence }: Pick<BrokerState, "problem" | "silence">): Problem {
  const text = `${node} ${problem ?? noAnswer}`;
  return { code: "NODE_UNREACHABLE", node, silence: silence ?? "silent", text };
}

function state(log: ReachabilityLog, hasRole: boolean) {
  const { problem, silence, ...rest } = log.state(hasRole);
  return problem === undefined || silence === undefined ? rest : { ...rest, problem, silence };
}

interface InOut {
  readonly in: number;
  readonly out: number;
}

function total<T>(parts: readonly T[], of: (part: T) => InOut): InOut {
  return parts.map(of).reduce((sum, next) => ({ in: sum.in + next.in, out: sum.out + next.out }), {
    in: 0,
    out: 0,
  });
}
