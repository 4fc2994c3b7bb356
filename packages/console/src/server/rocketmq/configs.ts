import { configKeys, isSecretKey } from "@hotfire/config";
import {
  brokerConfig,
  controllerConfig,
  nameServerConfig,
  updateBrokerConfig,
  updateControllerConfig,
  updateNameServerConfig,
} from "@hotfire/remoting";
import type { ChangeResult, Config, ConfigChange, ConfigEntry } from "../../api/index.ts";
import { refuse } from "../console-error.ts";
import { whyOf } from "../watch/reachability.ts";
import type { ClusterAccess } from "./access.ts";

type Kind = Config["nodes"][number]["kind"];

interface ConfigNode {
  readonly id: string;
  readonly kind: Kind;
  readonly group: string | null;
  readonly label: string;
  readonly address: string;
}

const hidden = "••••••";
/** What members of a group cannot have in common. */
const ownByNature: ReadonlySet<string> = new Set([
  "brokerId",
  "brokerIP1",
  "brokerIP2",
  "brokerRole",
  "bindAddress",
  "listenPort",
  "haListenPort",
  "haMasterAddress",
  "dLegerSelfId",
  "controllerDLegerSelfId",
  "storePathRootDir",
  "storePathCommitLog",
  "storePathDLedgerCommitLog",
  "jraftServerId",
]);

export async function readConfig(access: ClusterAccess): Promise<Config> {
  const nodes = nodesOf(access);
  const read = await Promise.all(
    nodes.map(async (node) => {
      try {
        return { node, values: await valuesOf(access, node) };
      } catch (error) {
        return { node, values: undefined, why: whyOf(error) };
      }
    }),
  );
  const entriesOf = (kind: Kind) =>
    entries(
      kind,
      read.filter(({ node }) => node.kind === kind),
    );
  return {
    at: Date.now(),
    nodes: read.map(({ node: { address: _, ...node }, why }) => ({ ...node, ...why })),
    brokers: entriesOf("broker"),
    namesrvs: entriesOf("namesrv"),
    controllers: entriesOf("controller"),
  };
}

function nodesOf(access: ClusterAccess): ConfigNode[] {
  return [
    ...access.watch.brokers.map(({ id, name, brokerName, address }) => ({
      id,
      kind: "broker" as const,
      group: brokerName,
      label: name === address ? `${brokerName} ${address}` : name,
      address: access.dial(address),
    })),
    ...access.watch.namesrvs.map((address) => ({
      id: address,
      kind: "namesrv" as const,
      group: null,
      label: address,
      address,
    })),
    ...access.watch.controllers.map(({ address }) => ({
      id: address,
      kind: "controller" as const,
      group: null,
      label: address,
      address,
    })),
  ];
}

async function valuesOf(
  { remoting, options }: ClusterAccess,
  { kind, address }: ConfigNode,
): Promise<ReadonlyMap<string, string>> {
  switch (kind) {
    case "broker":
      return (await brokerConfig(remoting, address, options)).properties;
    case "namesrv":
      return nameServerConfig(remoting, address, options);
    case "controller":
      return controllerConfig(remoting, address, options);
  }
}

function entries(
  kind: Kind,
  read: readonly { node: ConfigNode; values: ReadonlyMap<string, string> | undefined }[],
): ConfigEntry[] {
  const keys = [...new Set(read.flatMap(({ values }) => [...(values?.keys() ?? [])]))].sort();
  return keys.map((key) => {
    const plain = read.flatMap(({ node, values }) => {
      const value = values?.get(key);
      return value === undefined ? [] : [{ node, value }];
    });
    const secret = isSecretKey(key) && plain.some(({ value }) => value !== "");
    const byDefault = configKeys(kind).get(key)?.default ?? null;
    return {
      key,
      values: Object.fromEntries(plain.map(({ node, value }) => [node.id, secret ? hidden : value])),
      default: byDefault,
      differsFromDefault: byDefault !== null && plain.some(({ value }) => value !== byDefault),
      differsBetweenMembers: !ownByNature.has(key) && differs(plain),
      secret,
    };
  });
}

function differs(values: readonly { node: ConfigNode; value: string }[]): boolean {
  const byGroup = new Map<string | null, Set<string>>();
  for (const { node, value } of values) {
    byGroup.set(node.group, (byGroup.get(node.group) ?? new Set()).add(value));
  }
  return [...byGroup.values()].some(({ size }) => size > 1);
}

/** Changes keys at nodes of one kind, if they still have the values that the user saw. */
export async function changeConfig(access: ClusterAccess, change: ConfigChange): Promise<ChangeResult> {
  const known = nodesOf(access);
  const nodes = change.nodes.map((id) => {
    const node = known.find((candidate) => candidate.id === id);
    if (node === undefined) throw refuse("NODE_UNKNOWN", { node: id });
    return node;
  });
  const [kind, ...others] = new Set(nodes.map((node) => node.kind));
  if (kind === undefined || others.length > 0) {
    throw refuse("NODES_OF_ONE_KIND", {});
  }
  for (const node of nodes) {
    const values = await valuesOf(access, node);
    for (const key of Object.keys(change.properties)) {
      if (!values.has(key)) throw refuse("KEY_UNKNOWN", { node: node.label, key });
      const seen = change.expected?.[key]?.[node.id];
      if (seen !== undefined && seen !== hidden && seen !== values.get(key)) {
        throw isSecretKey(key)
          ? refuse("SECRET_CHANGED", { key, of: node.label })
          : refuse("SETTING_CHANGED", { key, of: node.label, now: values.get(key) ?? "unset", seen });
      }
    }
  }
  const { remoting, options } = access;
  const update = {
    broker: updateBrokerConfig,
    namesrv: updateNameServerConfig,
    controller: updateControllerConfig,
  };
  return access.changeAt(
    nodes,
    ({ label }) => label,
    ({ address }) => update[kind](remoting, address, change.properties, options),
  );
}
