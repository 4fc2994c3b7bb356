/** Every Docker object of a cluster carries these labels, and everything is found again by them. */
export const labels = {
  /** The Hotfire name of the cluster, unique on one engine. */
  cluster: "io.hotfire.cluster",
  mode: "io.hotfire.mode",
  /** Name of the node inside its cluster, its Compose service and its DNS name. */
  node: "io.hotfire.node",
  /** namesrv, broker, controller or proxy. */
  kind: "io.hotfire.kind",
  /** Broker group (`brokerName`); brokers only. */
  group: "io.hotfire.group",
  /** The normalised cluster spec as JSON, on every container: the plan can be made again from any node. */
  spec: "io.hotfire.spec",
  /** What a node's volume was written by, as JSON: on volumes, which outlive containers. */
  stored: "io.hotfire.stored",
  /** Id of the fault that a helper container belongs to. */
  fault: "io.hotfire.fault",
  /** Name of the node that the helper acts on. */
  faultNode: "io.hotfire.fault.node",
  /** Hash of the image's build inputs, on images only. */
  source: "io.hotfire.source",
} as const;
