import { lookup } from "node:dns/promises";
import { isIP } from "node:net";

const lookupEveryMs = 10_000;

export interface NamedNode {
  readonly name: string;
  readonly host: string;
  /** Undefined: whatever port it listens on. */
  readonly port: string | undefined;
}

/** `broker-a-0=broker-a-0:10911`, or the name alone if it is the host too. Undefined for what is neither. */
export function parseNamedNode(text: string): NamedNode | undefined {
  const [, name, host, port] = /^([\w.-]+)(?:=([\w.-]+|\[[\da-fA-F:.]+\])(?::(\d{1,5}))?)?$/.exec(text) ?? [];
  return name === undefined ? undefined : { name, host: host ?? name, port };
}

/**
 * What people call the brokers: their addresses say nothing to them, and a restarted container has another one. Host names are looked
 * up again and again.
 */
export class NodeNames {
  readonly #nodes: readonly NamedNode[];
  readonly #lookup: (host: string) => Promise<{ readonly address: string }>;
  readonly #addresses = new Map<string, string>();
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(
    nodes: readonly NamedNode[],
    lookUp: (host: string) => Promise<{ readonly address: string }> = (host) => lookup(host),
  ) {
    this.#nodes = nodes;
    this.#lookup = lookUp;
  }

  /** Looks the hosts up again, if that was a while ago. Never throws: a host that is gone keeps its last address. */
  async refresh(now: number = performance.now()): Promise<void> {
    if (now - this.#lookedAt < lookupEveryMs) return;
    this.#lookedAt = now;
    await Promise.all(
      this.#nodes.map(async ({ host }) => {
        const found = isIP(host) === 0 ? await this.#lookup(host).catch(() => undefined) : { address: host };
        if (found !== undefined) this.#addresses.set(host, found.address);
      }),
    );
  }

  nameOf(address: string): string | undefined {
    const colon = address.lastIndexOf(":");
    const [host, port] = [address.slice(0, colon), address.slice(colon + 1)];
    return this.#nodes.find(
      (node) =>
        (node.host === host || this.#addresses.get(node.host) === host) &&
        (node.port === undefined || node.port === port),
    )?.name;
  }
}
