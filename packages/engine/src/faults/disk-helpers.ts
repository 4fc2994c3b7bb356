import type { VolumePlan } from "@hotfire/topology";
import type { DockerClient } from "../docker/docker-client.ts";
import type { PresentMember } from "./context.ts";
import type { FaultRequest } from "./fault.ts";
import { FaultHelper } from "./helper.ts";

export interface DiskOptions {
  readonly docker: DockerClient;
  readonly cluster: string;
  readonly request: FaultRequest;
}

/** Helpers that hold volumes of nodes, started before the fault and taken by it. */
export interface DiskHelpers {
  /** The helper of a node, now the caller's to close. */
  take(node: PresentMember): Promise<FaultHelper>;
  closeRest(): Promise<void>;
}

/** Where a node keeps what it must not lose; proxies keep nothing. */
export function volumeOf({ plan }: PresentMember): VolumePlan | undefined {
  return plan.kind === "proxy" || plan.kind === "console" ? undefined : plan.volume;
}

export async function startDiskHelpers(
  { docker, cluster, request }: DiskOptions,
  candidates: readonly PresentMember[],
): Promise<DiskHelpers> {
  const helpers = new Map<string, FaultHelper>();
  const start = (node: PresentMember, volume: string) =>
    FaultHelper.disk(
      { docker, cluster, id: request.id, node: node.plan.name, leaseMs: request.leaseMs },
      volume,
    );
  const closeRest = async () => {
    const rest = [...helpers.values()];
    helpers.clear();
    await Promise.all(rest.map((helper) => helper.close()));
  };
  const started = await Promise.allSettled(
    candidates.map(async (node) => {
      const volume = volumeOf(node);
      if (volume !== undefined) helpers.set(node.plan.name, await start(node, volume.name));
    }),
  );
  const failure = started.find((result) => result.status === "rejected");
  if (failure !== undefined) {
    await closeRest();
    throw failure.reason;
  }
  return {
    closeRest,
    async take(node) {
      const ready = helpers.get(node.plan.name);
      helpers.delete(node.plan.name);
      if (ready?.isAlive) return ready;
      return start(node, volumeOf(node)?.name ?? "");
    },
  };
}
