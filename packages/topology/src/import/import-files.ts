import {
  type ConfigFile,
  configKeys,
  fileSet,
  isSecret,
  scatteredGroups,
  settingOf,
  valueProblem,
} from "@hotfire/config";
import { TopologyError } from "../errors/topology-error.ts";
import { groupName } from "../plan/names.ts";
import type { ClusterSpec, Properties } from "../spec/cluster-spec.ts";
import { type OwnedKey, ownedKeys } from "../spec/owned-keys.ts";
import { checkSpec } from "../spec/parse-spec.ts";
import { secretsInstead } from "../spec/rules/secrets.ts";
import type { SpecInput } from "../spec/schema.ts";
import { type ImportChange, importChanges } from "./import-changes.ts";
import { advertised, degrades, type ImportedGroup, importedGroup, modeOf } from "./recognise.ts";
import { refuseUnfaithful } from "./refuse-import.ts";
import { common, without } from "./shared-properties.ts";

/** A key of a file that the spec does not say. */
export interface NotKept {
  readonly file: string;
  readonly key: string;
  readonly value: string;
  readonly why: string;
}

export interface Imported {
  readonly input: SpecInput;
  readonly spec: ClusterSpec;
  readonly groups: readonly ImportedGroup[];
  readonly notKept: readonly NotKept[];
  /** What the spec says otherwise than the files. */
  readonly changes: readonly ImportChange[];
}

/** Owned keys whose meaning the spec's own keys carry on. */
const carriedOn = new Set([
  "namesrvAddr",
  "brokerClusterName",
  "brokerName",
  "brokerId",
  "brokerRole",
  "enableDLegerCommitLog",
  "dLegerGroup",
  "dLegerPeers",
  "dLegerSelfId",
  "enableControllerMode",
  "controllerAddr",
  "totalReplicas",
  "inSyncReplicas",
  "controllerDLegerGroup",
  "controllerDLegerPeers",
  "controllerDLegerSelfId",
  "enableElectUncleanMaster",
  "rocketMQClusterName",
]);

const entries = (text: string | undefined) => (text ?? "").split(/[;,\s]+/).filter((entry) => entry !== "");
const only = <Value>(values: readonly Value[]): Value | undefined =>
  new Set(values).size === 1 ? values[0] : undefined;

/**
 * Makes a spec of the files of one cluster: mode, groups and nodes recognised, other keys kept where they are shared.
 * @throws TopologyError IMPORT_EMPTY, IMPORT_MIXED, IMPORT_UNFAITHFUL; SpecError when the files describe a cluster that a spec may not
 */
export function importFiles(given: readonly ConfigFile[], name: string): Imported {
  const set = fileSet(given);
  const { brokers, files } = set;
  if (brokers.length === 0)
    throw new TopologyError("IMPORT_EMPTY", "None of the files is a broker's.", {
      hint: "Name the files that brokers are started with, or the folder that holds them.",
    });
  const raft = new Map(
    scatteredGroups(brokers).flatMap((found) => found.members.map((one) => [one, found.raft])),
  );
  const named = Map.groupBy(brokers, (broker) => raft.get(broker) ?? broker.group ?? "");
  const groups = [...named].map(([group, members], position) =>
    importedGroup(group === "" ? groupName(position) : group, members),
  );
  const mode = modeOf(groups);
  refuseUnfaithful(given);
  const notKept: NotKept[] = [];
  const address = advertised(groups);
  const kept = new Map<ConfigFile, Properties>();
  const shape: SpecInput = { version: 1, name, mode };
  const draft = { mode } as const;
  for (const file of files) {
    const owned = owner(file, draft);
    kept.set(file, keep(file, owned, notKept));
  }
  const perBroker = brokers.map(({ file }) => kept.get(file) ?? {});
  const everywhere = common(perBroker);
  const replicas = Math.max(2, only(groups.map((group) => group.replicas)) ?? mostly(groups));
  const lists = brokers
    .map(({ file }) => entries(settingOf(file, "namesrvAddr")).length)
    .filter((count) => count > 0);
  const controllerFiles = set.controllers.map(({ file }) => file);
  const proxies = files.filter(({ kind }) => kind === "proxy");
  const hasSlaves = mode !== "single-master" && mode !== "multi-master";
  const listenPort =
    address === undefined ? only(brokers.map((broker) => broker.listenPort)) : brokers[0]?.listenPort;
  if (listenPort === undefined) {
    for (const { file, listenPort: port } of brokers)
      notKept.push({
        file: file.path,
        key: "listenPort",
        value: String(port),
        why: "brokers here have a container each, and listen on one port",
      });
  }
  const dledgerPort = only(brokers.flatMap(({ peers }) => peers.map(({ port }) => port)));
  const ports = {
    ...(listenPort === undefined || listenPort === 10_911 ? {} : { broker: listenPort }),
    ...(dledgerPort === undefined || dledgerPort === 40_911 ? {} : { dledger: dledgerPort }),
  };
  const clusterName = settingOf(brokers[0]?.file ?? files[0] ?? raise(), "brokerClusterName");
  const controllers = Math.max(
    controllerFiles.length,
    entries(settingOf(brokers[0]?.file ?? raise(), "controllerAddr")).length,
  );
  const ofNamesrvs = files.filter(({ kind }) => kind === "namesrv");
  const namesrvProperties = sharedOf(ofNamesrvs, "namesrv", kept, notKept);
  const controllerKept = new Map(
    set.controllers.map(({ file, isEmbedded }) => [
      file,
      isEmbedded
        ? keep(asController(file), owner(asController(file), draft), notKept)
        : (kept.get(file) ?? {}),
    ]),
  );
  const controllerProperties = sharedOf(controllerFiles, "controller", controllerKept, notKept);
  const proxyProperties = sharedOf(proxies, "proxy", kept, notKept);
  const input: SpecInput = {
    ...shape,
    ...(clusterName === undefined ? {} : { clusterName }),
    groups: groups.map((group) => groupInput(group, mode, replicas, everywhere, kept)),
    ...(hasSlaves ? { replicas } : {}),
    ...(lists.length === 0 ? {} : { namesrvs: Math.max(...lists) }),
    ...(mode === "controller" && controllers > 0 ? { controllers } : {}),
    ...(proxies.length === 0 ? {} : { proxy: proxies.length === 1 ? true : { replicas: proxies.length } }),
    ...(Object.keys(ports).length === 0 ? {} : { ports }),
    ...(address === undefined ? {} : { advertise: address }),
    ...((mode === "master-slave-sync" || mode === "controller") && degrades(groups)
      ? { whenSlaveIsGone: "degrade" as const }
      : {}),
    ...(controllerFiles.some((file) => settingOf(file, "enableElectUncleanMaster") === "true")
      ? { electUncleanMaster: true }
      : {}),
    ...(mode === "dledger" || mode === "controller" ? { failover: "stock" as const } : {}),
    ...filled("properties", everywhere),
    ...filled("namesrvProperties", namesrvProperties),
    ...(mode === "controller" ? filled("controllerProperties", controllerProperties) : {}),
    ...(proxies.length === 0 ? {} : filled("proxyProperties", proxyProperties)),
  };
  const changes = importChanges(set, groups);
  return { input, spec: checkSpec(input, "the imported spec"), groups, notKept, changes };
}

function raise(): never {
  throw new TopologyError("IMPORT_EMPTY", "None of the files is a broker's.");
}

function mostly(groups: readonly ImportedGroup[]): number {
  const counts = [...Map.groupBy(groups, ({ replicas }) => replicas)];
  return counts.sort(([, one], [, two]) => two.length - one.length)[0]?.[0] ?? 2;
}

function owner(file: ConfigFile, { mode }: Pick<ClusterSpec, "mode">): Readonly<Record<string, OwnedKey>> {
  return ownedKeys[file.kind]({ mode });
}

/** The part of a name server's file that the controller inside of it reads, as a controller's. */
function asController(file: ConfigFile): ConfigFile {
  const byKey = new Map([...file.byKey].filter(([key]) => isControllers(key)));
  return { ...file, kind: "controller", byKey };
}

/** ControllerConfig's own keys; listenPort and the like are the name server's. */
function isControllers(key: string): boolean {
  return (
    configKeys("controller").get(key)?.of === "ControllerConfig" &&
    key !== "configStorePath" &&
    key !== "rocketmqHome"
  );
}

/** Keys that RocketMQ would take and the spec leaves to its author. */
function keep(file: ConfigFile, owned: Readonly<Record<string, OwnedKey>>, notKept: NotKept[]): Properties {
  const known = configKeys(file.kind);
  const kept: Record<string, string> = {};
  for (const [key, entry] of file.byKey) {
    // The controllers have them, or nothing has.
    if (file.kind === "namesrv" && (isControllers(key) || key === "enableControllerInNamesrv")) continue;
    const value = entry.value.trim();
    const lose = (why: string) => void notKept.push({ file: file.path, key, value, why });
    const facts = known.get(key);
    if (Object.hasOwn(owned, key)) {
      if (!carriedOn.has(key) && key !== "listenPort") lose(owned[key]?.why ?? "Hotfire sets it");
    } else if (facts === undefined) lose("RocketMQ has no such key");
    else if (isSecret(key, value)) lose(`no secret is taken into a spec. ${secretsInstead}`);
    else if (key === "aclEnable") lose("nothing in 5.5.0 reads it");
    else {
      const problem = valueProblem(facts, value);
      if (problem === undefined) kept[key] = value;
      else lose(`the value is ${problem}`);
    }
  }
  return kept;
}

function groupInput(
  { name, brokers, replicas, isSync }: ImportedGroup,
  mode: ClusterSpec["mode"],
  usual: number,
  everywhere: Properties,
  kept: ReadonlyMap<ConfigFile, Properties>,
): Exclude<SpecInput["groups"], number | undefined>[number] {
  const own = brokers.map(({ file }) => without(kept.get(file) ?? {}, everywhere));
  const shared = brokers.length === replicas ? common(own) : {};
  const nodes = own.map((properties) => without(properties, shared));
  const hasSlaves = mode !== "single-master" && mode !== "multi-master";
  const count = mode.startsWith("master-slave") ? Math.max(2, replicas) : replicas;
  return {
    name,
    ...(hasSlaves && count !== usual ? { replicas: count } : {}),
    ...(mode === "master-slave-sync" && !isSync ? { replication: "async" as const } : {}),
    ...filled("properties", shared),
    ...(nodes.some((properties) => Object.keys(properties).length > 0)
      ? { nodes: nodes.map((properties) => filled("properties", properties)) }
      : {}),
  };
}

function filled<Key extends string>(
  key: Key,
  properties: Properties,
): { [K in Key]?: Record<string, string> } {
  const found: { [K in Key]?: Record<string, string> } = {};
  if (Object.keys(properties).length > 0) found[key] = { ...properties };
  return found;
}

/** Name servers, controllers and proxies are all alike in a spec. */
function sharedOf(
  own: readonly ConfigFile[],
  kind: "namesrv" | "controller" | "proxy",
  kept: ReadonlyMap<ConfigFile, Properties>,
  notKept: NotKept[],
): Properties {
  const shared = common(own.map((file) => kept.get(file) ?? {}));
  for (const file of own) {
    for (const [key, value] of Object.entries(without(kept.get(file) ?? {}, shared)))
      notKept.push({
        file: file.path,
        key,
        value,
        why: `the ${kind === "proxy" ? "proxies" : `${kind}s`} of a cluster have the same properties`,
      });
  }
  return shared;
}
