import { type ClusterSpec, planCluster } from "@hotfire/topology";
import { findCluster } from "../clusters/found-cluster.ts";
import { planOf } from "../clusters/members.ts";
import type { DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { wantedPorts } from "../up/preflight.ts";
import { findConflicts, readPortsInUse } from "./ports.ts";

const step = 100;
const highest = 20_000;

/**
 * The offset that the cluster of this name has already, or the first multiple of 100, whose ports are all free; of those
 * that are not its own the first `skip` are left out.
 */
export async function chooseOffset(docker: DockerClient, spec: ClusterSpec, skip = 0): Promise<number> {
  const [existing, inUse] = await Promise.all([findCluster(docker, spec.name), readPortsInUse(docker)]);
  const current = existing?.specJson === undefined ? [] : [planOf(existing).spec.ports.offset];
  let left = skip;
  const others = Array.from({ length: highest / step + 1 }, (_, index) => index * step);
  for (const offset of [...current, ...others]) {
    const plan = planCluster({ ...spec, ports: { ...spec.ports, offset } });
    if (findConflicts(spec.name, wantedPorts(plan), inUse).length > 0) continue;
    if (current.includes(offset) || left-- <= 0) return offset;
  }
  throw new EngineError(
    "PORT_IN_USE",
    `No port offset up to ${highest} leaves all ports of "${spec.name}" free.`,
    {
      hint: "Choose ports in the spec (`ports:`), or remove clusters: hotfire ls",
    },
  );
}
