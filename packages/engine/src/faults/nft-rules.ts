import type { AddressSet } from "./addresses.ts";
import type { FaultAction } from "./fault.ts";

export type NetworkAction = Extract<FaultAction, { readonly from: unknown }>;

/** Fault ids have no underscores, so no two ids share a table. */
export function tableName(id: string): string {
  return `hotfire_${id.replaceAll("-", "_")}`;
}

/** Before Docker's own rules and anybody else's, which are at 0 and -100. */
const priority = -150;

/**
 * A table that does one network fault in a node's namespace. It looks at every packet, so connections that are
 * established are hit like new ones; the loopback device, with Docker's DNS, is left alone.
 */
export function nftTable(name: string, action: NetworkAction, sets: readonly AddressSet[]): string {
  const chains = chainsOf(action).map((chain) => {
    const field = chain === "in" ? "saddr" : "daddr";
    const rules = sets.flatMap(({ not, addresses }) =>
      addresses.length === 0
        ? []
        : [`    ip ${field} ${not ? "!= " : ""}{ ${addresses.join(", ")} } jump ${chain}`],
    );
    return [
      `  chain ${chain} {`,
      `    ${verdictOf(action)}`,
      "  }",
      `  chain ${chain}put {`,
      `    type filter hook ${chain}put priority ${priority}; policy accept;`,
      `    ${chain === "in" ? "iif" : "oif"} "lo" accept`,
      ...rules,
      "  }",
    ].join("\n");
  });
  return [`table inet ${name} {`, ...chains, "}"].join("\n");
}

function chainsOf(action: NetworkAction): readonly ("in" | "out")[] {
  if (action.kind === "throttle" || action.kind === "delay") return ["out"];
  if (action.kind === "loss" || action.direction === "both") return ["in", "out"];
  return [action.direction];
}

function verdictOf(action: NetworkAction): string {
  switch (action.kind) {
    case "cut":
      return "counter drop";
    case "loss":
      return `numgen random mod 10000 < ${Math.round(action.percent * 100)} counter drop`;
    case "throttle":
      return `limit rate over ${action.bytesPerSecond} bytes/second burst ${burstBytes(action.bytesPerSecond)} bytes counter drop`;
    case "delay":
      // The band of the queueing discipline that delays.
      return "meta priority set 1:4 counter";
  }
}

/** A tenth of a second, and room for two of the largest segments that TCP hands down at once. */
export function burstBytes(bytesPerSecond: number): number {
  return Math.max(128 * 1024, Math.round(bytesPerSecond / 10));
}
