import { formatBytes } from "@hotfire/base";
import type { ClusterStatus, NodeStatus, SyncStateStatus } from "@hotfire/engine";
import { formatAge } from "./format.ts";
import { harmless, type Style } from "./style.ts";
import { type Column, renderTable } from "./table.ts";

/** The whole of a cluster's status as a person reads it. */
export function renderStatus(status: ClusterStatus, style: Style, width?: number): string {
  const state = {
    ready: style.good("ready"),
    degraded: style.bad("degraded"),
    stopped: style.warn("stopped"),
  }[status.state];
  const head = `${style.bold(status.cluster)}  ${status.mode}, RocketMQ ${status.rocketmq}  ${state}`;
  const blocks = [head, renderTable(columns(status, style), status.nodes, style, width)];
  const sets = status.groups.flatMap(({ name, syncState }) =>
    syncState ? [describeSyncState(name, syncState)] : [],
  );
  if (sets.length > 0) blocks.push(sets.join("\n"));
  if (status.problems.length > 0) {
    blocks.push(status.problems.map((problem) => `${style.bad("✖")} ${harmless(problem)}`).join("\n"));
  }
  blocks.push(renderClient(status, style));
  return blocks.join("\n\n");
}

/** The lines that a client needs. */
export function renderClient({ client }: ClusterStatus, style: Style): string {
  const network = client.network === undefined ? "" : ` (on the network ${client.network})`;
  const rows = [
    ["Name servers, from this host", client.namesrv],
    [`from a container${network}`, client.namesrvInside],
    ...(client.console === undefined ? [] : [["Console, in a browser", client.console]]),
    ...(client.proxy === undefined ? [] : [["Proxy (gRPC), from this host", client.proxy]]),
    ...(client.proxyInside === undefined ? [] : [["from a container", client.proxyInside]]),
  ];
  const widest = Math.max(...rows.map(([label = ""]) => label.length));
  return rows
    .map(([label = "", value = ""]) => `${style.dim(label.padEnd(widest))}   ${style.accent(value)}`)
    .join("\n");
}

function columns(status: ClusterStatus, style: Style): Column<NodeStatus>[] {
  const namesrvs = status.nodes.filter(({ kind }) => kind === "namesrv").length;
  return [
    { title: "NODE", value: ({ name }) => name },
    { title: "ROLE", value: describeRole },
    { title: "STATE", value: (node) => describeState(node, style) },
    { title: "ADDRESS", value: ({ hostAddress, containerAddress }) => hostAddress ?? containerAddress ?? "" },
    {
      title: "REGISTERED",
      value: ({ registeredAt }) => (registeredAt === undefined ? "" : `${registeredAt.length}/${namesrvs}`),
      drop: 2,
    },
    { title: "REPLICATION", value: (node) => describeReplication(node, status) },
    { title: "MEMORY", value: describeMemory, align: "right" },
    {
      title: "HEAP",
      value: ({ memory }) => (memory.heapBytes === undefined ? "" : formatBytes(memory.heapBytes)),
      align: "right",
      drop: 3,
    },
    {
      title: "DIRECT",
      value: ({ memory }) => describeDirect(memory),
      align: "right",
      drop: 3,
    },
    {
      title: "UP",
      value: ({ container }) =>
        container.uptimeSeconds === undefined ? "" : formatAge(container.uptimeSeconds),
      align: "right",
      drop: 1,
    },
  ];
}

const kindWords = {
  namesrv: "name server",
  controller: "controller",
  broker: "broker",
  proxy: "proxy",
  console: "console",
} as const;

function describeRole({ kind, role, brokerId }: NodeStatus): string {
  if (kind === "controller") return role === undefined ? "controller" : `controller ${role}`;
  if (kind !== "broker") return kindWords[kind];
  return role === undefined ? "?" : `${role} (${brokerId})`;
}

function describeState({ container, unreachable, sick }: NodeStatus, style: Style): string {
  const { state, health, exitCode, oomKilled } = container;
  if (state === "running") {
    if (unreachable !== undefined) return style.bad("no answer");
    if (sick !== undefined) return style.bad("sick");
    if (health === "none") return style.good("running");
    return { healthy: style.good, starting: style.warn, unhealthy: style.bad }[health](health);
  }
  if (state === "paused") return style.warn("paused");
  const why = oomKilled === true ? " out of memory" : exitCode === undefined ? "" : ` (${exitCode})`;
  return style.bad(`${state}${why}`);
}

function describeReplication(node: NodeStatus, status: ClusterStatus): string {
  const { replication } = node;
  if (replication === undefined) return "";
  if (replication.kind === "master") {
    return replication.slaves
      .map(
        ({ node: slave, lagBytes, inSync }) =>
          `${slave} ${inSync ? "in sync" : "not in sync"}${behind(lagBytes)}`,
      )
      .join("; ");
  }
  if (replication.kind === "slave") {
    return replication.connected
      ? `follows its master${behind(replication.lagBytes)}`
      : "not connected to its master";
  }
  const term = `term ${replication.term ?? "?"}`;
  const leader = status.nodes.find(({ name }) => name === replication.leader)?.replication;
  const head = leader?.kind === "dledger" ? leader.committed : undefined;
  if (node.name === replication.leader || head === undefined || replication.committed === undefined) {
    return `${term}, committed ${replication.committed ?? "?"}`;
  }
  // The follower may have been asked a moment after the leader.
  const lag = Math.max(0, head - replication.committed);
  return `${term}, ${lag === 0 ? "up to date" : `${formatBytes(lag)} behind`}`;
}

function behind(lagBytes: number | undefined): string {
  return lagBytes === undefined || lagBytes === 0 ? "" : `, ${formatBytes(lagBytes)} behind`;
}

function describeMemory({ memory }: NodeStatus): string {
  const limit = formatBytes(memory.limitBytes);
  return memory.usedBytes === undefined ? limit : `${formatBytes(memory.usedBytes)} / ${limit}`;
}

function describeDirect({ directUsedBytes, directBytes }: NodeStatus["memory"]): string {
  if (directBytes === undefined) return "";
  return directUsedBytes === undefined
    ? formatBytes(directBytes)
    : `${formatBytes(directUsedBytes)} / ${formatBytes(directBytes)}`;
}

function describeSyncState(group: string, state: SyncStateStatus): string {
  const outside = state.outOfSync.length === 0 ? "" : `; out of sync: ${state.outOfSync.join(", ")}`;
  return `${group}: master ${state.master ?? "none"}, epoch ${state.masterEpoch}, in sync: ${state.inSync.join(", ") || "none"}${outside}`;
}
