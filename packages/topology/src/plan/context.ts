import { isIpv4, isLoopback } from "@hotfire/base";
import type { ClusterSpec } from "../spec/cluster-spec.ts";
import { nodeName, projectName } from "./names.ts";

/** The only place where a node keeps anything. */
export const dataDirectory = "/var/lib/rocketmq";

/** What every node of one cluster shares, computed once so that a plan stays linear in its groups. */
export interface PlanContext {
  readonly spec: ClusterSpec;
  readonly project: string;
  readonly namesrvNames: readonly string[];
  readonly controllerNames: readonly string[];
  /** `namesrv-0:9876;namesrv-1:9876` */
  readonly namesrvAddr: string;
  /** `controller-0:9877;…`, empty outside of controller mode. */
  readonly controllerAddr: string;
  readonly startsBeforeBrokers: readonly string[];
  /** An advertised name means the Docker host inside of the network too: slaves and proxies dial it. */
  readonly hostAliases: readonly string[];
  readonly images: { readonly namesrv: string; readonly broker: string };
}

/** Name servers listen here in their containers; the host port may differ. */
export const namesrvContainerPort = 9876;

export function planContext(spec: ClusterSpec): PlanContext {
  const numbered = (kind: string, length: number) =>
    Array.from({ length }, (_, index) => nodeName(kind, index));
  const namesrvNames = numbered("namesrv", spec.namesrvs);
  const controllerNames = numbered("controller", spec.controllers);
  const { advertise } = spec;
  return {
    spec,
    project: projectName(spec.name),
    namesrvNames,
    controllerNames,
    controllerAddr: controllerNames.map((name) => `${name}:${spec.ports.controller}`).join(";"),
    startsBeforeBrokers: [...namesrvNames, ...controllerNames],
    hostAliases: advertise === undefined || isIpv4(advertise) || isLoopback(advertise) ? [] : [advertise],
    namesrvAddr: namesrvNames.map((name) => `${name}:${namesrvContainerPort}`).join(";"),
    images: { namesrv: `hotfire/namesrv:${spec.rocketmq}`, broker: `hotfire/broker:${spec.rocketmq}` },
  };
}
