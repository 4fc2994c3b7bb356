import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { faultAvailability } from "./availability.ts";
import { clockTool } from "./clock-fault.ts";
import { type ClusterNow, groupsOf, lookAt } from "./context.ts";
import { cpuTool } from "./cpu-fault.ts";
import { diskDestroyedTool } from "./disk-destroyed-fault.ts";
import { diskFullTool } from "./disk-full-fault.ts";
import type { ActiveFault, FaultOptions, FaultProof, FaultRequest, PreparedFault } from "./fault.ts";
import { killTool, pauseTool, restartTool, stopTool } from "./lifecycle-faults.ts";
import { networkTool } from "./network-fault.ts";
import type { FaultTool, NodeFault } from "./node-fault.ts";
import { afterHandOver, switchoverTool } from "./planned-tools.ts";
import { joinProofs } from "./proof.ts";
import { possibleTargets, resolveFaultTarget } from "./targets.ts";

const idPattern = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/**
 * Does everything that takes time before the fault: image, availability, helpers beside every node that the target may
 * turn out to mean. Throws FAULT_UNAVAILABLE when this machine or this cluster cannot have the fault.
 */
export async function prepareFault(options: FaultOptions, request: FaultRequest): Promise<PreparedFault> {
  const { docker, cluster } = options;
  if (!idPattern.test(request.id)) {
    throw new EngineError("FAULT_UNAVAILABLE", `"${request.id}" cannot be the id of a fault.`, {
      hint: "Lower-case letters, digits and dashes, at most 40.",
    });
  }
  const availability = await faultAvailability(options, request.action);
  if (!availability.available) {
    throw new EngineError("FAULT_UNAVAILABLE", `No ${request.action.kind} here: ${availability.reason}.`, {
      hint: "hotfire doctor says what this machine can do.",
    });
  }
  const now = await lookAt(docker, cluster);
  const tool = await toolFor(options, request, now);
  return {
    inject: () => inject(docker, request, tool, cluster),
    discard: () => tool.tidy(),
  };
}

/**
 * Breaks something, and proves that it is broken. Throws FAULT_NO_TARGET when nobody fits the target,
 * FAULT_UNAVAILABLE, and FAULT_NOT_IN_FORCE (what was done is undone by then).
 */
export async function injectFault(options: FaultOptions, request: FaultRequest): Promise<ActiveFault> {
  const prepared = await prepareFault(options, request);
  return prepared.inject();
}

async function toolFor(options: FaultOptions, request: FaultRequest, now: ClusterNow): Promise<FaultTool> {
  const { docker, cluster, onProgress, signal } = options;
  const { action, target } = request;
  const candidates = possibleTargets(now, target).filter(({ container }) => container.state === "running");
  switch (action.kind) {
    case "kill":
      return killTool(docker);
    case "stop":
      return action.handOver === true ? afterHandOver(stopTool(docker)) : stopTool(docker);
    case "restart":
      return action.handOver === true ? afterHandOver(restartTool(docker)) : restartTool(docker);
    case "switchover":
      return switchoverTool(action.to);
    case "pause":
      return pauseTool(docker);
    case "cut":
    case "loss":
    case "throttle":
    case "delay":
      return networkTool({ docker, cluster, request, action }, candidates);
    case "cpu-squeeze":
      return cpuTool(docker, action.cpus);
    case "clock-step":
      return clockTool(docker, action.seconds);
    case "disk-destroyed":
      return diskDestroyedTool({ docker, cluster, request }, candidates);
    case "disk-full":
      return diskFullTool(
        { docker, cluster, request, percent: action.percent, onProgress, signal },
        candidates,
      );
  }
}

async function inject(
  docker: DockerClient,
  request: FaultRequest,
  tool: FaultTool,
  cluster: string,
): Promise<ActiveFault> {
  try {
    const now = await lookAt(docker, cluster);
    const nodes = await resolveFaultTarget(now, request.target, tool.hits);
    const names = nodes.map(({ plan }) => plan.name);
    const results = await Promise.allSettled(
      nodes.map(async (node) => ({ node: node.plan.name, fault: await tool.hit(node, now, names) })),
    );
    const hit = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const failure = results.find((result) => result.status === "rejected");
    if (failure !== undefined) {
      await Promise.allSettled(hit.map(({ fault }) => fault.heal()));
      throw failure.reason;
    }
    // Not waited for here: the time until a fault is proven is part of what a drill measures.
    const tidied = tool.tidy().catch(() => {});
    return {
      id: request.id,
      kind: request.action.kind,
      target: request.target,
      nodes: names,
      groups: groupsOf(nodes),
      proof: joinProofs(hit.map(({ node, fault }) => ({ node, proof: fault.proof }))),
      heal: once(async () => {
        await tidied;
        return healAll(hit);
      }),
    };
  } catch (error) {
    await tool.tidy().catch(() => {});
    throw error;
  }
}

/** Every node is healed, also when one of them cannot be. */
async function healAll(
  hit: readonly { readonly node: string; readonly fault: NodeFault }[],
): Promise<FaultProof> {
  const results = await Promise.allSettled(
    hit.map(async ({ node, fault }) => ({ node, proof: await fault.heal() })),
  );
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) throw failure.reason;
  return joinProofs(results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : [])));
}

function once<T>(action: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= action();
    return answer;
  };
}
