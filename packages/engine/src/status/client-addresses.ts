import type { ClusterPlan, NodeKind } from "@hotfire/topology";
import type { FoundCluster } from "../clusters/found-cluster.ts";
import { mainPortOf } from "../clusters/members.ts";
import type { ClientAddresses } from "./cluster-status.ts";

/** The lines that a client needs, from the plan: they hold while nodes are down too. */
export function clientAddresses(plan: ClusterPlan, cluster: FoundCluster): ClientAddresses {
  const addresses = (kind: NodeKind, where: "host" | "inside") =>
    plan.nodes
      .filter((node) => node.kind === kind)
      .flatMap((node) => {
        const port = mainPortOf(node);
        if (port === undefined) return [];
        if (where === "inside") return [`${node.name}:${port.container}`];
        return port.host === undefined ? [] : [`${dialable(port.host.address, plan)}:${port.host.port}`];
      })
      .join(";");
  const proxy = addresses("proxy", "host");
  const console = addresses("console", "host");
  return {
    namesrv: addresses("namesrv", "host"),
    namesrvInside: addresses("namesrv", "inside"),
    network: cluster.networks[0]?.name,
    ...(proxy === "" ? {} : { proxy, proxyInside: addresses("proxy", "inside") }),
    ...(console === "" ? {} : { console: `http://${console}` }),
  };
}

/** A port bound to every address is reached by the advertised one, or from this host. */
function dialable(address: string, plan: ClusterPlan): string {
  if (address !== "0.0.0.0" && address !== "::") return address;
  return plan.spec.advertise ?? "127.0.0.1";
}
