import type { ClusterPlan } from "../plan/cluster-plan.ts";

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

/** The layout of what is stored. */
const layout: ReadonlySet<string> = new Set([
  "dLegerGroup",
  "enableDLegerCommitLog",
  "mappedFileSizeCommitLog",
  "mappedFileSizeConsumeQueue",
  "mappedFileSizeConsumeQueueExt",
  "storePathCommitLog",
  "storePathDLedgerCommitLog",
  "storePathRootDir",
  "storeType",
]);

export function needOfKey(mode: ClusterPlan["mode"], kind: string, key: string): Need {
  if (kind !== "broker") return "restart";
  if (layout.has(key)) return "new-volume";
  if (mode === "dledger" && copiedByDledger.has(key)) return "restart";
  return readAtEachUse.has(key) ? "update" : "restart";
}
