import { labels } from "@hotfire/topology";
import type { ContainerSummary, DockerClient } from "../docker/docker-client.ts";
import { EngineError } from "../errors/engine-error.ts";
import { collides, findOwner, type Listener, readListeners } from "./listeners.ts";

/** A port of this host that a cluster wants. */
export interface WantedPort {
  readonly node: string;
  readonly address: string;
  readonly port: number;
}

/** What is known about this host's ports at one moment. */
export interface PortsInUse {
  readonly containers: readonly ContainerSummary[];
  readonly listeners: readonly Listener[];
}

export interface PortConflict {
  readonly wanted: WantedPort;
  readonly holder:
    | { readonly kind: "cluster"; readonly cluster: string; readonly node: string }
    | { readonly kind: "container"; readonly name: string }
    | { readonly kind: "process"; readonly inode: string; readonly name?: string };
}

export async function readPortsInUse(docker: DockerClient): Promise<PortsInUse> {
  const [containers, listeners] = await Promise.all([
    docker.listAllContainers(),
    docker.isLocalLinux ? readListeners() : [],
  ]);
  return { containers, listeners };
}

/** Ports that `cluster` wants and others hold. What its own containers hold already is no conflict. */
export function findConflicts(
  cluster: string,
  wanted: readonly WantedPort[],
  inUse: PortsInUse,
): PortConflict[] {
  return wanted.flatMap((port): PortConflict[] => {
    const publisher = inUse.containers.find((container) =>
      container.published.some(({ host, address }) => host === port.port && collides(address, port.address)),
    );
    const owner = publisher?.labels[labels.cluster];
    if (owner === cluster) return [];
    if (publisher && owner !== undefined) {
      const node = publisher.labels[labels.node] ?? publisher.name;
      return [{ wanted: port, holder: { kind: "cluster", cluster: owner, node } }];
    }
    if (publisher) return [{ wanted: port, holder: { kind: "container", name: publisher.name } }];
    const listener = inUse.listeners.find(
      (found) => found.port === port.port && collides(found.address, port.address),
    );
    return listener ? [{ wanted: port, holder: { kind: "process", inode: listener.inode } }] : [];
  });
}

export function describeConflict({ wanted, holder }: PortConflict): string {
  const where = `${wanted.address}:${wanted.port} (for ${wanted.node}) is held by`;
  if (holder.kind === "cluster") return `${where} ${holder.node} of the cluster "${holder.cluster}"`;
  if (holder.kind === "container") return `${where} the container ${holder.name}`;
  return `${where} ${holder.name ?? "a process that this user may not see"}`;
}

/** Throws an error that names who holds which port. */
export async function refuseConflicts(conflicts: readonly PortConflict[]): Promise<void> {
  if (conflicts.length === 0) return;
  const named = await Promise.all(
    conflicts.map(async (conflict): Promise<PortConflict> => {
      if (conflict.holder.kind !== "process") return conflict;
      const name = await findOwner(conflict.holder.inode);
      return name === undefined ? conflict : { ...conflict, holder: { ...conflict.holder, name } };
    }),
  );
  const lines = named.map(describeConflict);
  const clusters = [
    ...new Set(named.flatMap(({ holder }) => (holder.kind === "cluster" ? [holder.cluster] : []))),
  ];
  const remove =
    clusters.length === 0 ? "" : `, or remove the other cluster: hotfire down ${clusters.join(" ")}`;
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : "";
  throw new EngineError("PORT_IN_USE", `Port ${lines[0]}${more}.`, {
    hint: `Choose other ports with --port-offset auto${remove}.`,
    evidence: { seen: lines },
  });
}
