import { hasAnybody } from "./addresses.ts";
import { lookAt } from "./context.ts";
import type { Availability, FaultAction, FaultOptions } from "./fault.ts";
import { ensureFaultImage } from "./fault-image.ts";

/** Whether this machine and this cluster can have the fault, and if not, why. */
export async function faultAvailability(
  { docker, cluster, signal, onProgress }: FaultOptions,
  action: FaultAction,
): Promise<Availability> {
  const { plan } = await lookAt(docker, cluster);
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
  return { available: true };
}
