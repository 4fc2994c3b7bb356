import { brokerRuntimeInfo, createRemotingClient } from "@hotfire/remoting";
import { dialAddress, isBroker } from "../clusters/members.ts";
import { type ClusterNow, isPresent, type PresentMember } from "./context.ts";
import { volumeOf } from "./disk-helpers.ts";
import type { FaultEvidence } from "./evidence.ts";
import { FaultHelper, type HelperPlace, sourceFolder } from "./helper.ts";
import { detailsOf, startAgain } from "./lifecycle-faults.ts";
import { notHealed } from "./proof.ts";

const leaseMs = 600_000;
const copyWithinMs = 300_000;

export interface Revival {
  readonly did: string;
  readonly seen: string;
  readonly evidence: readonly FaultEvidence[];
}

/**
 * Starts a node that is down. A master of a plain master-slave group whose disk is empty is rebuilt first, as an operator
 * would: started empty, it would have its slave forget what it holds. Everywhere else a broker recovers by itself: from
 * the elected master or leader, or as a slave from its master.
 */
export async function revive(now: ClusterNow, node: PresentMember): Promise<Revival> {
  const { docker } = now;
  const isDown = (await detailsOf(docker, node)).state !== "running";
  if (isDown && hasSlaves(now, node) && (await filesOf(now, node)) === 0) {
    const source = await chooseSource(now, node);
    if (source !== undefined) return rebuild(now, node, source);
  }
  const { seen, evidence } = await startAgain(docker, node);
  return { did: `started ${how(now, node)}`, seen, evidence };
}

/** Whether it is the fixed master of a group that has slaves. */
export function hasSlaves(now: ClusterNow, node: PresentMember): boolean {
  return isBroker(node) && node.plan.role === "master" && replicasOf(now, node).length > 0;
}

/** Files and folders on a node's volume. */
export async function filesOf(now: ClusterNow, node: PresentMember): Promise<number> {
  const volume = volumeOf(node);
  if (volume === undefined) return 0;
  const helper = await FaultHelper.disk(placeOf(now, node), volume.name);
  try {
    return Number((await helper.ask("files"))[0]);
  } finally {
    await helper.close();
  }
}

async function rebuild(now: ClusterNow, node: PresentMember, source: PresentMember): Promise<Revival> {
  const { docker } = now;
  const from = source.plan.name;
  // A store that is being written to cannot be copied.
  await docker.stopContainer(source.container.id, source.plan.stopGraceSeconds);
  try {
    const helper = await FaultHelper.disk(
      placeOf(now, node),
      volumeOf(node)?.name ?? "",
      volumeOf(source)?.name ?? "",
    );
    try {
      const [files] = await helper.ask(`copy ${sourceFolder}`, copyWithinMs);
      if (Number(files) === 0) throw notHealed(node, `${from} has nothing to copy`);
      const { seen, evidence } = await startAgain(docker, node);
      return {
        did: `rebuilt from the store of ${from}, which was stopped for it`,
        seen: `${files} files copied; ${seen}`,
        evidence,
      };
    } finally {
      await helper.close();
    }
  } finally {
    await startAgain(docker, source);
  }
}

/** The replica that holds most, of those that run; or one that does not run but has a store. */
async function chooseSource(now: ClusterNow, node: PresentMember): Promise<PresentMember | undefined> {
  const replicas = replicasOf(now, node);
  const running = replicas.filter(({ container }) => container.state === "running");
  if (running.length > 1) {
    const ends = await Promise.all(
      running.map(async (member) => ({ member, end: await endOf(now, member) })),
    );
    return ends.sort((a, b) => b.end - a.end)[0]?.member;
  }
  if (running[0] !== undefined) return running[0];
  for (const member of replicas) if ((await filesOf(now, member)) > 0) return member;
  return undefined;
}

async function endOf({ docker }: ClusterNow, member: PresentMember): Promise<number> {
  const address = dialAddress(docker, member);
  if (address === undefined) return -1;
  await using remoting = createRemotingClient({ deadlineMs: 2000 });
  const info = await brokerRuntimeInfo(remoting, address).catch(() => undefined);
  return info?.commitLogMaxOffset ?? -1;
}

function replicasOf({ members }: ClusterNow, node: PresentMember): PresentMember[] {
  if (!isBroker(node)) return [];
  const { group } = node.plan;
  return members
    .filter(isPresent)
    .filter((other) => isBroker(other) && other.plan.group === group && other.plan.name !== node.plan.name);
}

function how(now: ClusterNow, node: PresentMember): string {
  if (!isBroker(node)) return "again";
  switch (node.plan.role) {
    case "leader-or-follower":
      return "again: the leader gives it what it lacks";
    case "master-or-slave":
      return "again: the elected master gives it what it lacks";
    case "slave":
      return "again: its master gives it what it lacks";
    case "master":
      return hasSlaves(now, node) ? "again" : "again, alone in its group: what it lost stays lost";
  }
}

function placeOf({ docker, found }: ClusterNow, node: PresentMember): HelperPlace {
  return { docker, cluster: found.name, id: "heal", node: node.plan.name, leaseMs };
}
