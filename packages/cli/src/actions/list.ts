import { plural } from "@hotfire/base";
import { connect, type FoundCluster, findClusters } from "@hotfire/engine/status";
import { type Context, printJson } from "../context.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { formatAge } from "../output/format.ts";
import { renderTable } from "../output/table.ts";

export async function list(context: Context): Promise<ExitCode> {
  const clusters = await findClusters(await connect());
  if (context.json) {
    printJson(context, clusters.map(summarise));
    return exitCodes.ok;
  }
  if (clusters.length === 0) {
    context.say("No cluster is on this engine. Start one: hotfire up dledger");
    return exitCodes.ok;
  }
  const { style } = context;
  const columns = [
    { title: "CLUSTER", value: (row: Summary) => row.cluster },
    { title: "MODE", value: (row: Summary) => row.mode ?? "" },
    {
      title: "STATE",
      value: (row: Summary) =>
        row.nodes === 0
          ? style.warn(`${plural(row.volumes, "volume")} left`)
          : row.running === row.nodes
            ? style.good("running")
            : style.warn(`${row.running} of ${row.nodes} running`),
    },
    { title: "NODES", value: (row: Summary) => String(row.nodes), align: "right" as const },
    { title: "NAME SERVERS", value: (row: Summary) => row.namesrv },
    {
      title: "AGE",
      value: (row: Summary) => (row.ageSeconds === undefined ? "" : formatAge(row.ageSeconds)),
      align: "right" as const,
    },
  ];
  context.print(renderTable(columns, clusters.map(summarise), style, context.width));
  return exitCodes.ok;
}

type Summary = ReturnType<typeof summarise>;

function summarise(cluster: FoundCluster) {
  const containers = cluster.nodes.map(({ container }) => container);
  const created = containers.map(({ createdAt }) => createdAt.getTime());
  return {
    cluster: cluster.name,
    mode: cluster.mode,
    nodes: containers.length,
    running: containers.filter(({ state }) => state === "running").length,
    volumes: cluster.volumes.length,
    networks: cluster.networks.length,
    /** Where name servers are published, for clients on this host. */
    namesrv: cluster.nodes
      .filter(({ kind }) => kind === "namesrv")
      .flatMap(({ container }) =>
        container.published.slice(0, 1).map(({ address, host }) => `${address}:${host}`),
      )
      .join(";"),
    ageSeconds:
      created.length === 0 ? undefined : Math.max(0, Math.round((Date.now() - Math.min(...created)) / 1000)),
  };
}
