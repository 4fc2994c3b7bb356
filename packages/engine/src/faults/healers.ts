import { setTimeout as sleep } from "node:timers/promises";
import { consumerGroups, createRemotingClient, type RemotingClient, topicConfigs } from "@hotfire/remoting";
import { labels } from "@hotfire/topology";
import { dialAddress, isBroker } from "../clusters/members.ts";
import type { ContainerSummary } from "../docker/docker-client.ts";
import { deleteEverywhere } from "../topics/delete-everywhere.ts";
import { rightClock } from "./clock-fault.ts";
import { type ClusterNow, isPresent, type PresentMember } from "./context.ts";
import { limitTo } from "./cpu-fault.ts";
import { describe, usageOf } from "./disk-full-fault.ts";
import type { HealStep } from "./fault.ts";
import { faultImage } from "./fault-image.ts";
import { FaultHelper } from "./helper.ts";
import { detailsOf, startAgain, unpause } from "./lifecycle-faults.ts";
import { filesOf, hasSlaves, revive } from "./rebuild.ts";

/** What a healer does to each node; undefined where there was nothing to do. */
type Steps = Promise<HealStep | undefined>[];

/** Topics and consumer groups that drills make, and what a broker makes for such a group. */
const ofDrill = /^(?:%(?:RETRY|DLQ)%)?hotfire-drill-/;

const helperGraceSeconds = 3;
const leaseMs = 60_000;
const answersWithinMs = 20_000;
const down: readonly string[] = ["created", "exited", "dead"];

/** Helpers take back what they hold when they are stopped. */
export function endHelpers({ docker, found }: ClusterNow): Steps {
  return found.helpers.flatMap((helper) => {
    const fault = helper.labels[labels.fault];
    return fault === undefined ? [] : [end(helper, fault)];
  });

  async function end(helper: ContainerSummary, fault: string): Promise<HealStep> {
    await docker.stopContainer(helper.id, helperGraceSeconds).catch(() => {});
    await docker.removeContainer(helper.id);
    return {
      node: helper.labels[labels.faultNode] ?? "cluster",
      did: `ended the helper of fault ${fault}`,
      seen: "its container is gone",
    };
  }
}

export function unfreeze(now: ClusterNow): Steps {
  return present(now, ["paused"]).map(async (node) => {
    const { seen } = await unpause(now.docker, node);
    return { node: node.plan.name, did: "unpaused", seen };
  });
}

/** No plan limits CPUs. */
export function liftCpuLimits(now: ClusterNow): Steps {
  const { docker } = now;
  return now.members.filter(isPresent).map(async (node) => {
    const { cpuLimit } = await detailsOf(docker, node);
    if (cpuLimit === undefined) return undefined;
    const { seen } = await limitTo(docker, node, undefined);
    return { node: node.plan.name, did: `lifted its limit of ${cpuLimit} CPUs`, seen };
  });
}

/** Only a helper that was killed leaves rules behind. */
export function removeRules(now: ClusterNow): Steps {
  return present(now, ["running"]).map(async (node) => {
    if (!(await hasHelpers(now))) return undefined;
    const helper = await FaultHelper.net(placeOf(now, node), node.container.id, "any");
    try {
      const tables = await helper.ask("tables");
      if (tables.length === 0) return undefined;
      await helper.ask("undo");
      const left = await helper.ask("tables");
      const seen = left.length === 0 ? "no table is left" : `${left.join(", ")} is still there`;
      return { node: node.plan.name, did: `deleted ${tables.join(", ")}`, seen };
    } finally {
      await helper.close();
    }
  });
}

/** Only a store of limited size can have been filled; a stopped one is empty. */
export function freeDisks(now: ClusterNow): Steps {
  return present(now, ["running"]).map(async (node) => {
    if (!isBroker(node) || node.plan.volume.sizeBytes === undefined || !(await hasHelpers(now)))
      return undefined;
    const helper = await FaultHelper.disk(placeOf(now, node), node.plan.volume.name);
    try {
      const [removed] = await helper.ask("undo");
      if (removed !== "1") return undefined;
      const seen = describe(await usageOf(helper));
      return { node: node.plan.name, did: "removed the ballast from its disk", seen };
    } finally {
      await helper.close();
    }
  });
}

/** Before the others are started: a slave may be what a master with an empty disk is rebuilt from. */
export function rebuildMasters(now: ClusterNow): Steps {
  return present(now, down).map(async (node) => {
    if (!hasSlaves(now, node) || !(await hasHelpers(now)) || (await filesOf(now, node)) > 0) return undefined;
    const { did, seen } = await revive(now, node);
    return { node: node.plan.name, did, seen };
  });
}

export function startDown(now: ClusterNow): Steps {
  return present(now, down).map(async (node) => {
    const { seen } = await startAgain(now.docker, node);
    return { node: node.plan.name, did: "started", seen };
  });
}

/** A clock's offset is in its volume: it outlives the container. */
export function rightClocks(now: ClusterNow): Steps {
  if (now.plan.spec.steppableClock === undefined) return [];
  return present(now, ["running"])
    .filter(isBroker)
    .map(async (node) => {
      const seen = await rightClock(now.docker, node);
      return seen === undefined ? undefined : { node: node.plan.name, did: "set its wall clock right", seen };
    });
}

/** Topics and consumer groups of drills, asked of every broker that answers in time. */
export function removeTopics(now: ClusterNow): Steps {
  return [removeFrom(now)];
}

async function removeFrom({ docker, found, members }: ClusterNow): Promise<HealStep | undefined> {
  await using remoting = createRemotingClient({ deadlineMs: 3000, connectTimeoutMs: 1000 });
  const brokers = members.filter(isBroker).filter(({ container }) => container?.state === "running");
  const addresses = brokers.flatMap((member) => dialAddress(docker, member) ?? []);
  const until = performance.now() + answersWithinMs;
  const held = await Promise.all(addresses.map((address) => namesOfDrills(remoting, address, until)));
  const topics = [...new Set(held.flatMap(({ topics }) => topics))];
  const groups = [...new Set(held.flatMap(({ groups }) => groups))];
  if (topics.length + groups.length === 0) return undefined;
  const problems = await deleteEverywhere(docker, found, { topics, consumerGroups: groups });
  return {
    node: "cluster",
    did: `deleted ${[...topics, ...groups].join(", ")}`,
    seen: problems.length === 0 ? "every broker agreed" : problems.join("; "),
  };
}

/** A broker that was just started answers after some seconds; one that does not in time has nothing deleted. */
async function namesOfDrills(
  remoting: RemotingClient,
  address: string,
  until: number,
): Promise<{ topics: string[]; groups: string[] }> {
  const ofDrills = (names: Iterable<string>) => [...names].filter((name) => ofDrill.test(name));
  for (;;) {
    try {
      const [{ topics }, groups] = await Promise.all([
        topicConfigs(remoting, address),
        consumerGroups(remoting, address),
      ]);
      return { topics: ofDrills(topics.keys()), groups: ofDrills(groups.keys()) };
    } catch {
      if (performance.now() > until) return { topics: [], groups: [] };
      await sleep(200);
    }
  }
}

function present(now: ClusterNow, states: readonly string[]): PresentMember[] {
  return now.members.filter(isPresent).filter(({ container }) => states.includes(container.state));
}

/** Without the image there has been no fault that leaves anything. */
async function hasHelpers({ docker }: ClusterNow): Promise<boolean> {
  return (await docker.inspectImage(faultImage)) !== undefined;
}

function placeOf({ docker, found }: ClusterNow, node: PresentMember) {
  return { docker, cluster: found.name, id: "heal", node: node.plan.name, leaseMs };
}
