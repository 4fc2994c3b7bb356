import type { ClusterPlan } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import type { DockerClient, EngineInfo } from "../docker/docker-client.ts";
import { EngineError, type EngineErrorCode } from "../errors/engine-error.ts";
import type { Progress } from "../events/progress.ts";
import { type Judgement, judgeDisk, judgeMemory, readDisk, readMemory } from "../preflight/machine.ts";
import { findConflicts, readPortsInUse, refuseConflicts, type WantedPort } from "../preflight/ports.ts";

/** Refuses what cannot work before anything is created: ports in use, too little memory, a full disk. */
export async function preflight(
  docker: DockerClient,
  info: EngineInfo,
  plan: ClusterPlan,
  existing: FoundCluster | undefined,
  progress: Progress,
): Promise<string> {
  const [inUse, memory, disk] = await Promise.all([
    readPortsInUse(docker),
    readMemory(docker, info),
    readDisk(docker, info),
  ]);
  await refuseConflicts(findConflicts(plan.name, wantedPorts(plan), inUse));
  const limits = plan.nodes.reduce((sum, node) => sum + node.memoryBytes, 0);
  // What runs already has its memory: only its limits against the whole machine are judged then.
  const running = existing?.nodes.filter(({ container }) => container.state === "running").length ?? 0;
  const held = plan.nodes.length === 0 ? 0 : (limits * running) / plan.nodes.length;
  const judgedMemory = judgeMemory(limits, memory, held);
  const judgedDisk = judgeDisk(disk);
  refuse("MEMORY_SHORT", judgedMemory, progress);
  refuse("DISK_SHORT", judgedDisk, progress);
  return judgedMemory.level === "ok" ? judgedMemory.message : "ports are free, memory may get short";
}

export function wantedPorts(plan: ClusterPlan): WantedPort[] {
  return plan.nodes.flatMap((node) =>
    node.ports.flatMap(({ host }) => (host === undefined ? [] : [{ node: node.name, ...host }])),
  );
}

function refuse(code: EngineErrorCode, judged: Judgement, progress: Progress): void {
  const hint = judged.hint === undefined ? {} : { hint: judged.hint };
  if (judged.level === "error") throw new EngineError(code, judged.message, hint);
  if (judged.level === "warning") progress.note("warning", judged.message, { code, ...hint });
}
