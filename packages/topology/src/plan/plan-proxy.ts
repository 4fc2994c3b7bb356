import type { BrokerPlan, ProxyPlan } from "./cluster-plan.ts";
import type { PlanContext } from "./context.ts";
import { proxyFailover } from "./failover.ts";
import { nodeName } from "./names.ts";

/** gRPC port inside the container; the host port may differ. */
export const proxyContainerPort = 8081;

export function planProxies(context: PlanContext, brokers: readonly BrokerPlan[]): ProxyPlan[] {
  const { spec, namesrvAddr, images } = context;
  if (spec.proxy === false) return [];
  const dependsOn = brokers.map((broker) => broker.name);
  return Array.from({ length: spec.proxy.replicas }, (_, index) => ({
    kind: "proxy",
    name: nodeName("proxy", index),
    image: images.broker,
    memoryBytes: spec.memory.proxy,
    ports: [
      {
        purpose: "grpc",
        container: proxyContainerPort,
        host: { address: spec.bind, port: spec.ports.proxy + spec.ports.offset + index },
      },
    ],
    properties: {
      rocketMQClusterName: spec.clusterName,
      proxyMode: "CLUSTER",
      namesrvAddr,
      grpcServerPort: String(proxyContainerPort),
      // The route a gRPC client gets names the host it dialled with this port: on the host it may differ from ours.
      useEndpointPortFromRequest: "true",
      ...proxyFailover(spec),
      ...spec.proxyProperties,
    },
    environment: { ROCKETMQ_ROLE: "proxy" },
    dependsOn,
    startsAfter: [],
    hostAliases: context.hostAliases,
    stopGraceSeconds: 40,
  }));
}
