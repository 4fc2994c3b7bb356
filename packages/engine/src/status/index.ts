// What looking at clusters takes, without what builds, starts and judges them: a third of the engine's modules, for the quick commands.
export type { FoundCluster } from "../clusters/found-cluster.ts";
export { chooseCluster, findClusters } from "../clusters/found-cluster.ts";
export { connect } from "../docker/connect.ts";
export type { ClusterStatus } from "./cluster-status.ts";
export { readStatus } from "./read-status.ts";
