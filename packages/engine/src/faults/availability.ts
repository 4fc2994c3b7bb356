import { labels } from "@hotfire/topology";
import type { DockerClient } from "../docker/docker-client.ts";
import { canSwitch } from "../switchover/switchover.ts";
import { hasAnybody } from "./addresses.ts";
import { lookAt } from "./context.ts";
import type { Availability, FaultAction, FaultOptions } from "./fault.ts";
import { ensureFaultImage, faultImage } from "./fault-image.ts";

/** Whether this machine and this cluster can have the fault, and if not, why. */
export async function faultAvailability(
  { docker, cluster, signal, onProgress }: FaultOptions,
  action: FaultAction,
): Promise<Availability> {
  const { plan } = await lookAt(docker, cluster);
  if (action.kind === "clock-step") {
    return plan.spec.steppableClock
      ? { available: true }
      : {
          available: false,
          reason: "the clocks of this cluster cannot be stepped (steppableClock in its spec)",
        };
  }
  if (action.kind === "switchover") {
    return canSwitch(plan)
      ? { available: true }
      : { available: false, reason: `in ${plan.mode} no replica takes a group over` };
  }
  if (
    action.kind === "kill" ||
    action.kind === "stop" ||
    action.kind === "restart" ||
    action.kind === "pause"
  ) {
    return { available: true };
  }
  await ensureFaultImage(docker, {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  if (
    "from" in action &&
    !plan.nodes.some(({ name }) => action.from.some((set) => hasAnybody(set, name, plan)))
  ) {
    return { available: false, reason: `no node of this cluster has ${action.from.join(" or ")}` };
  }
  if (action.kind === "disk-full" && plan.spec.storeLimit === undefined) {
    return { available: false, reason: "the stores of this cluster have no limit (storeLimit in its spec)" };
  }
  if (action.kind === "delay") return hasNetem(docker, cluster);
  return { available: true };
}

/** Tried in a network namespace of its own, as a node would have it. */
async function hasNetem(docker: DockerClient, cluster: string): Promise<Availability> {
  const { exitCode, stderr } = await docker.runContainer({
    image: faultImage,
    entrypoint: [
      "sh",
      "-c",
      "tc qdisc add dev lo root handle 1: prio bands 4 && tc qdisc add dev lo parent 1:4 netem delay 1ms",
    ],
    labels: { [labels.cluster]: cluster, [labels.fault]: "availability" },
    user: "0:0",
    capabilities: ["NET_ADMIN"],
    network: "none",
  });
  if (exitCode === 0) return { available: true };
  const said = stderr.replaceAll(/\s+/g, " ").trim();
  return {
    available: false,
    reason: `the kernel has no netem (${said}); modprobe sch_netem sch_prio may help`,
  };
}
