import type { Broker } from "../files/broker.ts";
import { groupBy } from "./rule.ts";

/**
 * Brokers that share a host's paths and ports: those whose files stand in one folder and tell one address, or tell none and have each
 * a listenPort of its own, which is what one host needs. A folder each is a host or a container each, and an address that containers
 * share is only where their ports are published.
 */
export function machines(brokers: readonly Broker[]): (readonly Broker[])[] {
  return [...groupBy(brokers, ({ file }) => folderOf(file.path)).values()].flatMap((together) => {
    const known = groupBy(together, ({ host }) => host);
    const unknown = together.filter(({ host }) => host === undefined);
    const ports = new Set(
      unknown.map(({ file, listenPort }) => (file.byKey.has("listenPort") ? listenPort : undefined)),
    );
    const isOne = !ports.has(undefined) && ports.size === unknown.length;
    return [...known.values(), ...(isOne ? [unknown] : unknown.map((broker) => [broker]))];
  });
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
