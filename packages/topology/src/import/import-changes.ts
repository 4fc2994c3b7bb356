import type { ConfigFile } from "@hotfire/config";
import { type FileSet, groupBy, isSecretKey, numberOf, scatteredGroups, settingOf } from "@hotfire/config";
import type { ImportedGroup } from "./recognise.ts";

/** Something of the files that is otherwise in the spec. */
export interface ImportChange {
  readonly file: string;
  /** Of the key that it is about, from 1; absent: the whole file. */
  readonly line?: number;
  readonly what: string;
  /** Whether it changes how many copies, brokers or votes there are, or who may be read. */
  readonly isLoud: boolean;
}

/** What becomes of the files that a spec cannot say, or says otherwise. */
export function importChanges(set: FileSet, groups: readonly ImportedGroup[]): ImportChange[] {
  return [
    ...set.others.map((file) => leftOut(file)),
    ...set.files.flatMap((file) => [...cutValues(file)]),
    ...scattered(set),
    ...groups.flatMap((group) => [...ofGroup(group)]),
    ...ofControllers(set),
    ...ofProxies(set),
  ];
}

function change(file: ConfigFile, key: string | undefined, what: string, isLoud: boolean): ImportChange {
  const line = key === undefined ? undefined : file.byKey.get(key)?.keyAt.line;
  return { file: file.path, ...(line === undefined ? {} : { line }), what, isLoud };
}

function leftOut(file: ConfigFile): ImportChange {
  if (file.isPlainAcl)
    return change(file, undefined, "left out: accounts of ACL 1.0, which nothing in 5.5.0 reads", true);
  const why = file.software === undefined ? "no key of RocketMQ is in it" : `it is ${file.software}`;
  return change(file, undefined, `left out: ${file.unread ?? why}`, false);
}

function* cutValues(file: ConfigFile): Generator<ImportChange> {
  for (const [key, { text }] of file.appendices)
    yield change(
      file,
      key,
      `${key}: what stands behind the value is left out${isSecretKey(key) ? "" : `, ${JSON.stringify(text)}`}`,
      false,
    );
  if (file.broken !== undefined) yield change(file, undefined, "no JSON: no key of it is kept", true);
  for (const [key, entries] of groupBy(file.entries, (entry) => entry.key)) {
    const last = entries.at(-1);
    if (last !== undefined && entries.some(({ value }) => value !== last.value))
      yield change(file, key, `${key} is set ${entries.length} times: the last one counts`, false);
  }
  if (settingOf(file, "aclEnable")?.toLowerCase() === "true")
    yield change(
      file,
      "aclEnable",
      "aclEnable is read by nothing in 5.5.0: the cluster is open to everybody",
      true,
    );
}

function scattered({ brokers }: FileSet): ImportChange[] {
  return scatteredGroups(brokers).flatMap(({ raft, members, names }) => {
    const [first] = members;
    if (first === undefined) return [];
    const what = `members of one DLedger group have the brokerNames ${names.join(", ")}: here they are one group, ${raft}`;
    return [change(first.file, "brokerName", what, true)];
  });
}

function* ofGroup({ name, brokers, replicas, isSync }: ImportedGroup): Generator<ImportChange> {
  const [first] = brokers;
  if (first === undefined) return;
  if (replicas > brokers.length)
    yield change(
      first.file,
      "dLegerPeers",
      `${name} has ${replicas} members by dLegerPeers, and ${brokers.length === 1 ? "one file" : `${brokers.length} files`} here: the others are made like the first`,
      true,
    );
  if (first.mode === "static" && first.role === "SYNC_MASTER" && !isSync)
    yield change(
      first.file,
      "brokerRole",
      "SYNC_MASTER waits for no slave without inSyncReplicas=2: it is imported as what it does, asynchronous; mode: master-slave-sync makes it wait",
      true,
    );
  const alone = brokers.find(
    ({ file, mode }) => mode === "controller" && !(numberOf(file, "inSyncReplicas") >= 2),
  );
  if (alone !== undefined)
    yield change(
      alone.file,
      alone.file.byKey.has("inSyncReplicas") ? "inSyncReplicas" : "enableControllerMode",
      "the master acknowledges alone: here an acknowledgement waits for every broker that is in sync",
      true,
    );
  for (const [index, broker] of brokers.entries()) {
    const { file, mode, brokerId } = broker;
    const raft = settingOf(file, "dLegerGroup");
    if (mode === "dledger" && raft !== undefined && raft !== name)
      yield change(file, "dLegerGroup", `dLegerGroup ${raft} becomes ${name}`, true);
    if (mode === "static" && brokerId !== index)
      yield change(file, "brokerId", `brokerId ${brokerId} becomes ${index}`, false);
    if (mode === "static" && index > 0 && numberOf(file, "inSyncReplicas") >= 2 && !isSync)
      yield change(file, "inSyncReplicas", "inSyncReplicas of a slave says nothing", false);
  }
}

function ofControllers({ controllers }: FileSet): ImportChange[] {
  const embedded = controllers.filter(({ isEmbedded }) => isEmbedded);
  const ids = groupBy(controllers, ({ selfId }) => selfId);
  const twice = [...ids.values()].find((sharing) => sharing.length > 1);
  const [first] = embedded;
  return [
    ...(first === undefined
      ? []
      : [
          change(
            first.file,
            "enableControllerInNamesrv",
            embedded.length === 1
              ? "the controller inside a name server becomes a node of its own"
              : `${embedded.length} controllers inside name servers become nodes of their own`,
            true,
          ),
        ]),
    ...(twice?.[0] === undefined
      ? []
      : [
          change(
            twice[0].file,
            "controllerDLegerSelfId",
            `${twice.length} controllers have the id ${twice[0].selfId}: each gets one of its own`,
            true,
          ),
        ]),
  ];
}

function ofProxies({ files, brokers }: FileSet): ImportChange[] {
  const cluster = settingOf(brokers[0]?.file ?? files[0] ?? never(), "brokerClusterName") ?? "DefaultCluster";
  return files.flatMap((file) => {
    const own = file.kind === "proxy" ? settingOf(file, "rocketMQClusterName") : undefined;
    if (own === undefined || own === cluster) return [];
    return [
      change(
        file,
        "rocketMQClusterName",
        `the proxy serves ${own}, the brokers' cluster is ${cluster}: here it serves theirs`,
        true,
      ),
    ];
  });
}

function never(): never {
  throw new TypeError("a cluster has files");
}
