import type { ControllerPlan } from "./cluster-plan.ts";
import { dataDirectory, type PlanContext } from "./context.ts";
import { controllerFailover } from "./failover.ts";

export function planControllers({ spec, project, controllerNames, images }: PlanContext): ControllerPlan[] {
  const port = spec.ports.controller;
  const peers = controllerNames.map((name, index) => `n${index}-${name}:${port}`).join(";");
  const failover = controllerFailover(spec);
  return controllerNames.map((name, index) => ({
    kind: "controller",
    name,
    image: images.broker,
    memoryBytes: spec.memory.controller,
    ports: [{ purpose: "controller", container: port }],
    properties: {
      controllerType: "DLedger",
      controllerDLegerGroup: "controllers",
      controllerDLegerPeers: peers,
      controllerDLegerSelfId: `n${index}`,
      controllerStorePath: dataDirectory,
      configStorePath: `${dataDirectory}/controller.properties`,
      enableElectUncleanMaster: String(spec.electUncleanMaster === true),
      ...failover.properties,
      ...spec.controllerProperties,
    },
    environment: { ROCKETMQ_ROLE: "controller", ...failover.environment },
    dependsOn: [],
    startsAfter: [],
    hostAliases: [],
    stopGraceSeconds: 30,
    selfId: `n${index}`,
    volume: { name: `${project}_${name}`, target: dataDirectory },
  }));
}
