import type { BrokerPlan, ConsolePlan, ProxyPlan } from "./cluster-plan.ts";
import type { PlanContext } from "./context.ts";

const containerPort = 8080;

export function planConsole(
  context: PlanContext,
  brokers: readonly BrokerPlan[],
  proxies: readonly ProxyPlan[],
): ConsolePlan[] {
  const { spec, namesrvAddr } = context;
  if (spec.console === false) return [];
  const { write, user, passwordHash } = spec.console;
  // Brokers register addresses: the console calls them by their names.
  const nodes = brokers.map(
    ({ name, properties }) => `${name}=${spec.advertise ?? name}:${properties["listenPort"]}`,
  );
  const proxyAddr = proxies.map(({ name, ports }) => `${name}:${ports[0]?.container}`).join(";");
  return [
    {
      kind: "console",
      name: "console",
      image: `hotfire/console:${spec.rocketmq}`,
      memoryBytes: spec.memory.console,
      ports: [
        {
          purpose: "http",
          container: containerPort,
          host: { address: spec.bind, port: spec.ports.console + spec.ports.offset },
        },
      ],
      properties: {},
      environment: {
        NAMESRV_ADDR: namesrvAddr,
        ...(proxyAddr === "" ? {} : { PROXY_ADDR: proxyAddr }),
        HOTFIRE_CONSOLE_NODES: nodes.join(","),
        HOTFIRE_CONSOLE_PUBLISHED: spec.bind,
        HOTFIRE_CONSOLE_WRITE: String(write),
        ...(user === undefined ? {} : { HOTFIRE_CONSOLE_USER: user }),
        ...(passwordHash === undefined ? {} : { HOTFIRE_CONSOLE_PASSWORD_HASH: passwordHash }),
      },
      dependsOn: [],
      startsAfter: [],
      hostAliases: context.hostAliases,
      stopGraceSeconds: 5,
    },
  ];
}
