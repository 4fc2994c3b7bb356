/** Keys that older versions took, or that articles about them show, and what took their place. */
export const replacedKeys: ReadonlyMap<string, { readonly by?: string; readonly why: string }> = new Map(
  Object.entries({
    mapedFileSizeCommitLog: { by: "mappedFileSizeCommitLog", why: "its spelling was corrected" },
    mapedFileSizeConsumeQueue: { by: "mappedFileSizeConsumeQueue", why: "its spelling was corrected" },
    isEnableBatchPush: { by: "enableBatchPush", why: "it was renamed" },
    enableProxy: { why: "it is an option of the start script (mqbroker --enable-proxy), no key" },
    storePathConsumeQueue: { why: "the consume queues are always under storePathRootDir" },
    storePathIndex: { why: "the index is always under storePathRootDir" },
    storeCheckpoint: { why: "the checkpoint is always under storePathRootDir" },
    abortFile: { why: "the abort file is always under storePathRootDir" },
    checkTransactionMessageEnable: { why: "brokers always check transactions since 4.3" },
  }),
);
