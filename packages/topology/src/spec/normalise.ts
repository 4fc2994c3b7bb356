import { isLoopback, parseSize } from "@hotfire/base";
import { groupName } from "../plan/names.ts";
import type { ClusterSpec, GroupSpec, Properties } from "./cluster-spec.ts";
import { defaultFailover, replacesWriters } from "./failover.ts";
import { type Mode, modeFacts } from "./modes.ts";
import type { SpecDraft } from "./schema.ts";

export const rocketmqVersion = "5.5.0";

export const defaultMemory = {
  namesrv: "256m",
  controller: "512m",
  broker: "1g",
  proxy: "512m",
  console: "192m",
} as const;

export const defaultPorts = {
  namesrv: 9876,
  broker: 10911,
  dledger: 40911,
  controller: 9877,
  proxy: 8081,
  console: 8080,
  offset: 0,
} as const;

function texts(input: SpecDraft["properties"]): Properties {
  return Object.fromEntries(Object.entries(input ?? {}).map(([key, value]) => [key, String(value)]));
}

/** On by default where only this machine reaches it, and where it reaches the brokers. */
function normaliseConsole({ console, bind, advertise }: SpecDraft): ClusterSpec["console"] {
  const isOurs = isLoopback(bind ?? "127.0.0.1");
  const given = console ?? (isOurs && (advertise === undefined || !isLoopback(advertise)));
  if (given === false) return false;
  const { write, user, passwordHash }: Exclude<typeof given, boolean> = given === true ? {} : given;
  return {
    write: write ?? isOurs,
    ...(user === undefined ? {} : { user }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
  };
}

/** Fills in the defaults. Sizes that cannot be read count as absent: the schema has reported them. */
export function normalise(input: SpecDraft & { readonly mode: Mode }): ClusterSpec {
  const facts = modeFacts(input.mode);
  const replicas = input.replicas ?? facts.replicas;
  const groups = Array.isArray(input.groups)
    ? input.groups.map(
        (group): GroupSpec => ({
          name: group.name,
          replicas: group.replicas ?? replicas,
          ...(group.replication === undefined ? {} : { replication: group.replication }),
          properties: texts(group.properties),
          nodes: (group.nodes ?? []).map((node) => ({ properties: texts(node.properties) })),
        }),
      )
    : (input.groups ?? facts.groups);
  const bytes = (kind: keyof typeof defaultMemory): number =>
    parseSize(input.memory?.[kind] ?? defaultMemory[kind]) ?? parseSize(defaultMemory[kind]) ?? 0;
  const storeLimit = input.storeLimit === undefined ? undefined : parseSize(input.storeLimit);
  const port = (purpose: keyof typeof defaultPorts): number =>
    input.ports?.[purpose] ?? defaultPorts[purpose];
  const proxy = input.proxy ?? false;
  const hasChoice = input.mode === "master-slave-sync" || input.mode === "controller";
  return {
    version: 1,
    name: input.name ?? input.mode,
    mode: input.mode,
    clusterName: input.clusterName ?? "DefaultCluster",
    rocketmq: input.rocketmq ?? rocketmqVersion,
    groups,
    replicas,
    namesrvs: input.namesrvs ?? 2,
    controllers: input.mode === "controller" ? (input.controllers ?? 3) : 0,
    proxy: proxy === false ? false : { replicas: (proxy === true ? undefined : proxy.replicas) ?? 1 },
    console: normaliseConsole(input),
    memory: {
      namesrv: bytes("namesrv"),
      controller: bytes("controller"),
      broker: bytes("broker"),
      proxy: bytes("proxy"),
      console: bytes("console"),
    },
    ...(storeLimit === undefined ? {} : { storeLimit }),
    ...(input.steppableClock === true ? { steppableClock: true } : {}),
    ports: {
      namesrv: port("namesrv"),
      broker: port("broker"),
      dledger: port("dledger"),
      controller: port("controller"),
      proxy: port("proxy"),
      console: port("console"),
      offset: port("offset"),
    },
    bind: input.bind ?? "127.0.0.1",
    ...(input.advertise === undefined ? {} : { advertise: input.advertise }),
    ...(hasChoice ? { whenSlaveIsGone: input.whenSlaveIsGone ?? "refuse" } : {}),
    ...(input.mode === "controller" ? { electUncleanMaster: input.electUncleanMaster ?? false } : {}),
    ...(replacesWriters(input.mode) ? { failover: input.failover ?? defaultFailover } : {}),
    properties: texts(input.properties),
    namesrvProperties: texts(input.namesrvProperties),
    controllerProperties: texts(input.controllerProperties),
    proxyProperties: texts(input.proxyProperties),
  };
}

/** The groups one by one, also where the spec gives only their number. */
export function expandGroups(spec: Pick<ClusterSpec, "groups" | "replicas">): readonly GroupSpec[] {
  if (typeof spec.groups !== "number") return spec.groups;
  return Array.from({ length: spec.groups }, (_, position) => ({
    name: groupName(position),
    replicas: spec.replicas,
    properties: {},
    nodes: [],
  }));
}
