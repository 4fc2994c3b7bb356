/**
 * Keys that say how a node lays out what it stores, and what happens when an existing store meets another value.
 * 5.5.0: MappedFileQueue.doLoad ("length not matched message store config value") and TimerWheel's constructor refuse to load,
 * IndexFile and TimerWheel.getSlotIndex find nothing at the places they look at, the others look in another place.
 */
const broker: Readonly<Record<string, string>> = {
  mappedFileSizeCommitLog: "a broker does not load a commit log with files of another size",
  mappedFileSizeConsumeQueue: "a broker does not load consume queues with files of another size",
  mappedFileSizeConsumeQueueExt: "a broker does not load extended consume queues with files of another size",
  mappedFileSizeTimerLog: "a broker does not load a log of delayed messages with files of another size",
  timerPrecisionMs: "delayed messages stand in the timer wheel by its precision",
  maxHashSlotNum: "an index written with another number of slots finds nothing",
  maxIndexNum: "an index written for another number of entries finds nothing",
  storeType: "consume queues in files and in RocksDB are two stores: the other one begins empty",
  storePathRootDir: "the broker finds nothing in the other folder and begins empty",
  storePathCommitLog: "the broker finds nothing in the other folder and begins empty",
  storePathDLedgerCommitLog: "the broker finds nothing in the other folder and begins empty",
};

const controller: Readonly<Record<string, string>> = {
  controllerType: "DLedger and jRaft keep two logs: the other one begins empty",
  controllerDLegerGroup: "controllers of another group do not answer each other",
  controllerStorePath: "the controller finds nothing in the other folder and begins empty",
  mappedFileSize: "a controller does not load a log with files of another size",
};

/** Why what a node of this kind stores cannot bear another value of a key; undefined where it can. */
export function layoutReason(kind: string, key: string): string | undefined {
  const keys = kind === "broker" ? broker : kind === "controller" ? controller : {};
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}

export function layoutKeys(kind: "broker" | "controller"): readonly string[] {
  return Object.keys(kind === "broker" ? broker : controller);
}
