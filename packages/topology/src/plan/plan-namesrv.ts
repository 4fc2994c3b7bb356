import type { NamesrvPlan } from "./cluster-plan.ts";
import { dataDirectory, namesrvContainerPort, type PlanContext } from "./context.ts";
import { namesrvFailover } from "./failover.ts";

export function planNamesrvs({ spec, project, namesrvNames, images }: PlanContext): NamesrvPlan[] {
  return namesrvNames.map((name, index) => ({
    kind: "namesrv",
    name,
    image: images.namesrv,
    memoryBytes: spec.memory.namesrv,
    ports: [
      {
        purpose: "remoting",
        container: namesrvContainerPort,
        host: { address: spec.bind, port: spec.ports.namesrv + spec.ports.offset + index },
      },
    ],
    properties: {
      listenPort: String(namesrvContainerPort),
      kvConfigPath: `${dataDirectory}/kvConfig.json`,
      configStorePath: `${dataDirectory}/namesrv.properties`,
      ...namesrvFailover(spec),
      ...spec.namesrvProperties,
    },
    environment: {},
    dependsOn: [],
    startsAfter: [],
    hostAliases: [],
    stopGraceSeconds: 15,
    volume: { name: `${project}_${name}`, target: dataDirectory },
  }));
}
