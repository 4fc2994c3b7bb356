/** MixAll's groups for tools and monitoring; the rest have a prefix. */
const systemGroups: ReadonlySet<string> = new Set([
  "TOOLS_CONSUMER",
  "FILTERSRV_CONSUMER",
  "SELF_TEST_C_GROUP",
  "__MONITOR_CONSUMER",
  "CID_ONSAPI_OWNER",
  "CID_ONSAPI_PERMISSION",
  "CID_ONSAPI_PULL",
  "CID_ONS-HTTP-PROXY",
  "CID_DefaultHeartBeatSyncerTopic",
]);

export function isSystemGroup(name: string): boolean {
  return systemGroups.has(name) || /^(CID_RMQ_SYS_|CID_SYS_|rmq_sys_)/i.test(name);
}
