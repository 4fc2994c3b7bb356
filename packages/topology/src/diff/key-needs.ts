import { configKeys, layoutReason } from "@hotfire/config";
import type { ClusterPlan, NodeKind } from "../plan/cluster-plan.ts";
import { membersOf } from "../stored/stored-facts.ts";

/**
 * What a change takes: an update while the process runs, a restart of the node, a node to start or stop, or a new volume, because
 * what is stored cannot be read with the new value.
 */
export type Need = "update" | "restart" | "start" | "stop" | "new-volume";

/** Weakest first: a change of many parts takes the strongest. */
export const needs: readonly Need[] = ["update", "start", "stop", "restart", "new-volume"];

/**
 * Keys of a broker that 5.5.0 reads anew at each use: their getters are called where the value is needed, not in constructors
 * (CommitLog, DefaultMessageStore, DefaultHAConnection, BrokerFastFailure, the processors). Everything else counts as read once.
 */
const readAtEachUse: ReadonlySet<string> = new Set([
  "autoCreateSubscriptionGroup",
  "brokerFastFailureEnable",
  "brokerPermission",
  "cleanFileForciblyEnable",
  "deleteCommitLogFilesInterval",
  "deleteWhen",
  "destroyMapedFileIntervalForcibly",
  "diskMaxUsedSpaceRatio",
  "fileReservedTime",
  "flushCommitLogLeastPages",
  "flushIntervalCommitLog",
  "haHousekeepingInterval",
  "haSendHeartbeatInterval",
  "inSyncReplicas",
  "longPollingEnable",
  "maxTransferBytesOnMessageInMemory",
  "maxTransferCountOnMessageInMemory",
  "minInSyncReplicas",
  "osPageCacheBusyTimeOutMills",
  "rejectTransactionMessage",
  "shortPollingTimeMills",
  "slaveReadEnable",
  "slaveTimeout",
  "syncFlushTimeout",
  "traceOn",
  "transactionCheckInterval",
  "transactionCheckMax",
  "transactionTimeOut",
  "transferMsgByHeap",
  "waitTimeMillsInPullQueue",
  "waitTimeMillsInSendQueue",
]);

/** DLedgerCommitLog hands these to DLedger when it is made. */
const copiedByDledger: ReadonlySet<string> = new Set([
  "cleanFileForciblyEnable",
  "deleteWhen",
  "diskMaxUsedSpaceRatio",
  "fileReservedTime",
]);

/** Who the data belongs to: another value is another cluster, group or member. */
const identity: ReadonlySet<string> = new Set(["brokerName", "dLegerGroup", "enableDLegerCommitLog"]);

/** What a changed key of a node takes. The same as `storedConflicts` says of what is stored. */
export function needOfKey(
  mode: ClusterPlan["mode"],
  kind: NodeKind,
  key: string,
  before: string | undefined,
  after: string | undefined,
): Need {
  if (layoutReason(kind, key) !== undefined) {
    const normal = kind === "console" ? undefined : configKeys(kind).get(key)?.default;
    return (before ?? normal) === (after ?? normal) ? "restart" : "new-volume";
  }
  if (key === "dLegerPeers" || key === "controllerDLegerPeers")
    return membersOf(before ?? "") === membersOf(after ?? "") ? "restart" : "new-volume";
  if (kind !== "broker") return "restart";
  if (identity.has(key) || (key === "brokerClusterName" && mode === "controller")) return "new-volume";
  if (mode === "dledger" && copiedByDledger.has(key)) return "restart";
  return readAtEachUse.has(key) ? "update" : "restart";
}
