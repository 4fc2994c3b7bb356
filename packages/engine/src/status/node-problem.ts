import type { ContainerStatus, NodeStatus } from "./cluster-status.ts";

/** A container that was restarted and has not lived longer than this is likely to end again. */
const freshSeconds = 60;

/** What is wrong with a node, in a line: the first cause that is known, for the others follow from it. */
export function nodeProblem({
  name,
  container,
  unreachable,
  sick,
  replication,
}: NodeStatus): string | undefined {
  if (container.state !== "running") return `${name} ${describeEnd(container)}`;
  if (container.restarts > 0 && (container.uptimeSeconds ?? 0) < freshSeconds) {
    return `${name} keeps ending: restarted ${container.restarts}x by the engine`;
  }
  if (unreachable !== undefined) {
    // A process without memory cannot say it by itself; its health check reads it from a file.
    const check = container.healthProblem;
    return `${name} does not answer: ${unreachable}${check === undefined ? "" : `; its health check says: ${check}`}`;
  }
  if (sick !== undefined) return `${name} is ${sick}`;
  if (container.health === "unhealthy") {
    return `${name} fails its health check${container.healthProblem === undefined ? "" : `: ${container.healthProblem}`}`;
  }
  if (replication?.kind === "slave" && !replication.connected) {
    return `${name} is not connected to its master: it gets no messages`;
  }
  return undefined;
}

/** How a container that does not run is said to be. */
export function describeEnd({ state, exitCode, oomKilled }: ContainerStatus): string {
  const memory = oomKilled === true ? ", out of memory" : "";
  return `is ${state}${exitCode === undefined ? "" : ` (exit code ${exitCode}${memory})`}`;
}
