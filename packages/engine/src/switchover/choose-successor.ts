import { EngineError } from "../errors/engine-error.ts";
import type { ClusterStatus, NodeStatus } from "../status/cluster-status.ts";

const writers: ReadonlySet<string | undefined> = new Set(["leader", "master"]);

export function isWriter({ role }: Pick<NodeStatus, "role">): boolean {
  return writers.has(role);
}

/** Whether a node could take over: it runs, answers, and has what an acknowledgement stands for. */
function isFit(node: NodeStatus, status: ClusterStatus): boolean {
  if (node.container.state !== "running" || node.unreachable !== undefined) return false;
  if (node.role !== "follower" && node.role !== "slave") return false;
  const syncState = status.groups.find(({ name }) => name === node.group)?.syncState;
  return syncState === undefined || syncState.inSync.includes(node.name);
}

function committedOf({ replication }: NodeStatus): number {
  return replication?.kind === "dledger" ? (replication.committed ?? -1) : -1;
}

/** Who takes over a group: the one that was asked for, or the fittest. */
export function chooseSuccessor(status: ClusterStatus, group: string, asked: string | undefined): NodeStatus {
  const nodes = status.nodes.filter((node) => node.group === group);
  if (asked !== undefined) {
    const node = nodes.find(({ name }) => name === asked);
    if (node !== undefined && (isFit(node, status) || isWriter(node))) return node;
    throw new EngineError(
      "SWITCHOVER_FAILED",
      `${asked} cannot take over ${group}: ${whyNot(node, status)}.`,
      {
        hint: `See hotfire status ${status.cluster}.`,
      },
    );
  }
  const [best] = nodes
    .filter((node) => isFit(node, status))
    .sort((a, b) => committedOf(b) - committedOf(a) || a.name.localeCompare(b.name));
  if (best !== undefined) return best;
  throw new EngineError("SWITCHOVER_FAILED", `No replica can take over ${group}.`, {
    hint: `See hotfire status ${status.cluster}.`,
    evidence: { seen: nodes.map((node) => `${node.name}: ${whyNot(node, status)}`) },
  });
}

function whyNot(node: NodeStatus | undefined, status: ClusterStatus): string {
  if (node === undefined) return "it is not in the group";
  if (node.container.state !== "running") return `its container is ${node.container.state}`;
  if (node.unreachable !== undefined) return node.unreachable;
  if (isWriter(node)) return "it takes the writes";
  if (node.role === undefined) return "it has no role yet";
  return isFit(node, status) ? "it could" : "it is not in sync";
}
