import { configKeys, layoutReason } from "@hotfire/config";
import type { ClusterPlan } from "../plan/cluster-plan.ts";
import { type StoredFacts, type StoredNodes, type StoredReplication, storedNodes } from "./stored-facts.ts";

/** A change that what is stored cannot bear. */
export interface StoredConflict {
  /** RocketMQ's key, or the spec's: `mode`, `groups`, `replicas`, `controllers`, `storeLimit`. */
  readonly key: string;
  readonly before: string;
  readonly after: string;
  /** Nodes whose volumes would have to be new, or given up, for it. */
  readonly nodes: readonly string[];
  readonly reason: string;
  /** What can be done instead, most harmless first. */
  readonly ways: readonly string[];
  /** Whether node after node can take it in a running group, each filled by the others from an empty volume. */
  readonly oneByOne: boolean;
}

type Found = Omit<StoredConflict, "nodes">;

/** What of a plan the data of `before` cannot bear; `before` holds the nodes that have data. */
export function storedConflicts(before: StoredNodes, plan: ClusterPlan): StoredConflict[] {
  const after = storedNodes(plan);
  const found = new Map<string, { conflict: Found; nodes: string[] }>();
  for (const [node, was] of before) {
    for (const conflict of conflictsOf(node, was, after)) {
      const id = JSON.stringify(conflict);
      const same = found.get(id);
      if (same === undefined) found.set(id, { conflict, nodes: [node] });
      else same.nodes.push(node);
    }
  }
  const order = (one: string, other: string) => one.localeCompare(other, "en", { numeric: true });
  return [...found.values()].map(({ conflict, nodes }) => ({ ...conflict, nodes: nodes.sort(order) }));
}

function conflictsOf(node: string, was: StoredFacts, after: StoredNodes): Found[] {
  const is = after.get(node);
  if (is !== undefined && is.kind === was.kind) return [...changed(was, is)];
  const others = [...after.values()];
  const goes = was.kind === "controller" ? undefined : groupGone(was, others);
  if (goes !== undefined) return [goes];
  const members = others.find((other) => other.kind === was.kind && other.group === was.group);
  return members === undefined ? [] : [...changed(was, members), ...replicaGone(was)];
}

/** Of two plans for one place; of several causes the first explains the others. */
function* changed(was: StoredFacts, is: StoredFacts): Generator<Found> {
  if (was.replication !== is.replication) return yield modeChanged(was.replication, is.replication);
  if (was.group !== is.group) return yield renamed("brokerName", was.group, is.group);
  if (was.clusterName !== is.clusterName)
    return yield renamed("brokerClusterName", was.clusterName, is.clusterName);
  if (was.members !== is.members) return yield membersChanged(was, is);
  if (was.limit !== is.limit) yield limitChanged(was.limit, is.limit);
  for (const key of new Set([...Object.keys(was.layout), ...Object.keys(is.layout)])) {
    const reason = layoutReason(was.kind, key);
    if (reason === undefined || was.layout[key] === is.layout[key]) continue;
    const normal = configKeys(was.kind).get(key)?.default ?? "(default)";
    yield {
      key,
      before: was.layout[key] ?? normal,
      after: is.layout[key] ?? normal,
      reason,
      ways: [`keep ${key}=${was.layout[key] ?? normal}`, newGroup(was)],
      oneByOne: was.replication === "dledger",
    };
  }
}

const spoken: Readonly<Record<StoredReplication, string>> = {
  fixed: "fixed masters",
  dledger: "dledger",
  controller: "controller",
};

function modeChanged(was: StoredReplication | undefined, is: StoredReplication | undefined): Found {
  return {
    key: "mode",
    before: was === undefined ? "unknown" : spoken[was],
    after: is === undefined ? "unknown" : spoken[is],
    reason:
      "brokers with fixed masters, of DLedger and under controllers keep different logs and identities, and none reads another's",
    ways: [
      "keep the mode",
      "bring a second cluster up under another name, let producers move there and consumers drain this one",
    ],
    oneByOne: false,
  };
}

function renamed(
  key: "brokerName" | "brokerClusterName",
  was: string | undefined,
  is: string | undefined,
): Found {
  return {
    key,
    before: was ?? "",
    after: is ?? "",
    reason:
      key === "brokerName"
        ? "clients, offsets and Raft know the group's messages by its name"
        : "a broker under controllers keeps the cluster's name beside its id and refuses to register with another",
    ways: [
      `keep ${key}=${was}`,
      key === "brokerName"
        ? "add a group with the new name, drain the old one, then take it away"
        : "bring a second cluster up",
    ],
    oneByOne: false,
  };
}

function membersChanged(was: StoredFacts, is: StoredFacts): Found {
  const key = was.kind === "controller" ? "controllers" : "replicas";
  const count = (members: string | undefined) => (members ?? "").split(";").filter(Boolean).length;
  const numbers = count(was.members) !== count(is.members);
  const reason =
    was.kind === "controller"
      ? "the controllers' members are configuration: the old list and the new one have majorities without a common member, and controllers that begin empty have forgotten who is in sync"
      : "DLedger's members are configuration: the old list and the new one have majorities without a common member, which elect two leaders, or one that lacks acknowledged messages";
  return {
    key,
    before: numbers ? String(count(was.members)) : (was.members ?? ""),
    after: numbers ? String(count(is.members)) : (is.members ?? ""),
    reason,
    ways:
      was.kind === "controller"
        ? [
            `keep ${count(was.members)} controllers`,
            "bring a second cluster up with as many as wanted, and drain this one",
          ]
        : [
            `keep ${count(was.members)} members`,
            `add a group with ${count(is.members)} members (groups: [{ name: …, replicas: ${count(is.members)} }]), drain ${was.group}, then take it away`,
          ],
    oneByOne: false,
  };
}

function limitChanged(was: number | undefined, is: number | undefined): Found {
  return {
    key: "storeLimit",
    before: was === undefined ? "on disk" : `${was} bytes`,
    after: is === undefined ? "on disk" : `${is} bytes`,
    reason: "a store in memory keeps its size, and does not move to a disk",
    ways: ["keep storeLimit"],
    oneByOne: false,
  };
}

/** Of a whole group nothing is left. */
function groupGone(was: StoredFacts, others: readonly StoredFacts[]): Found | undefined {
  if (others.some(({ group }) => group === was.group)) return undefined;
  const replication = others.find(({ kind }) => kind === "broker")?.replication;
  if (replication !== undefined && replication !== was.replication)
    return modeChanged(was.replication, replication);
  return {
    key: "groups",
    before: was.group ?? "",
    after: "gone",
    reason: "what is stored in the group would be out of reach: another name is another group",
    ways: [
      `keep the group ${was.group}`,
      `forbid writes to it (brokerPermission: 4 in its properties), let consumers drain it, then take it away`,
    ],
    oneByOne: false,
  };
}

/** A broker of a group that stays. A slave with a fixed master has nothing that its master lacks. */
function replicaGone(was: StoredFacts): Found[] {
  if (was.replication !== "controller") return [];
  return [
    {
      key: "replicas",
      before: "there",
      after: "gone",
      reason: "the controllers still count it, and it may be the only one that is in sync",
      ways: [
        "keep it",
        "stop it (hotfire node stop NODE), see that the others are in sync (hotfire status), then give it up",
      ],
      oneByOne: false,
    },
  ];
}

const newGroup = ({ kind, group }: StoredFacts) =>
  kind === "controller"
    ? "bring a second cluster up with it, and drain this one"
    : `add a group that has it, drain ${group}, then take it away`;
