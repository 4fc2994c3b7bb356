export type { FoundCluster, FoundNode } from "./clusters/found-cluster.ts";
export { chooseCluster, findCluster, findClusters } from "./clusters/found-cluster.ts";
export type { Member } from "./clusters/members.ts";
export { dialAddress, isBroker, membersOf, planOf } from "./clusters/members.ts";
export { checkCompose, oldestCompose } from "./compose/compose.ts";
export type { EffectiveResult } from "./configuration/effective.ts";
export { readEffective } from "./configuration/effective.ts";
export { checkEngine, connect, oldestEngine } from "./docker/connect.ts";
export type {
  AttachedContainer,
  AttachedOptions,
  ContainerDetails,
  ContainerEvent,
  ContainerSummary,
  DockerClient,
  EngineInfo,
  OutputChunk,
} from "./docker/docker-client.ts";
export { diagnose } from "./doctor/diagnose.ts";
export type { Diagnosis, Finding, FindingResult } from "./doctor/finding.ts";
export type { DownOptions, DownResult } from "./down/down.ts";
export { down } from "./down/down.ts";
export type { EngineErrorCode, ErrorEvidence } from "./errors/engine-error.ts";
export { EngineError, engineErrors, isEngineError } from "./errors/engine-error.ts";
export type { EngineEvent, EventListener, StepName, StepOutcome } from "./events/engine-event.ts";
export type { ExportOptions, ExportResult } from "./export/export-cluster.ts";
export { exportCluster } from "./export/export-cluster.ts";
export { faultAvailability } from "./faults/availability.ts";
export type { FaultEvidence } from "./faults/evidence.ts";
export type {
  ActiveFault,
  Availability,
  Direction,
  FaultAction,
  FaultKind,
  FaultOptions,
  FaultProof,
  FaultRequest,
  HealResult,
  HealStep,
  PeerSet,
  PreparedFault,
} from "./faults/fault.ts";
export { ensureFaultImage, faultImage } from "./faults/fault-image.ts";
export type { Guardian, GuardianOptions } from "./faults/guardian.ts";
export { startGuardian } from "./faults/guardian.ts";
export { guardianLog } from "./faults/guardian-log.ts";
export { healCluster } from "./faults/heal-cluster.ts";
export { injectFault, prepareFault } from "./faults/inject.ts";
export { buildImages } from "./images/build-all.ts";
export { buildArguments } from "./images/build-arguments.ts";
export type { ImageState } from "./images/images.ts";
export type { NodeLogLine, ReadLogsOptions } from "./logs/read-logs.ts";
export { readLogs } from "./logs/read-logs.ts";
export type { ActOptions, NodeAction, NodeActionResult } from "./nodes/act.ts";
export { actOnNode, nodeActions, resolveTargets } from "./nodes/act.ts";
export type { Candidate, Target, TargetRole } from "./nodes/target.ts";
export { matchTarget, parseTarget, targetRoles } from "./nodes/target.ts";
export { waitUntilWhole } from "./readiness/wait-whole.ts";
export type { RollingOptions, RollingResult } from "./rolling/rolling-restart.ts";
export { restartRolling } from "./rolling/rolling-restart.ts";
export type {
  ClientAddresses,
  ClusterStatus,
  ContainerStatus,
  GroupStatus,
  NodeMemory,
  NodeRole,
  NodeStatus,
  RegistrationStatus,
  ReplicationStatus,
  SyncStateStatus,
} from "./status/cluster-status.ts";
export type { StatusOptions } from "./status/read-status.ts";
export { readStatus } from "./status/read-status.ts";
export { refuseChange } from "./stored/refuse-change.ts";
export { storedOf } from "./stored/stored-of.ts";
export { spreadWriters } from "./switchover/spread-writers.ts";
export type { SwitchoverOptions, SwitchoverResult } from "./switchover/switchover.ts";
export { canSwitch, switchover } from "./switchover/switchover.ts";
export type { CreatedEverywhere } from "./topics/create-everywhere.ts";
export { createConsumerGroupEverywhere, createTopicEverywhere } from "./topics/create-everywhere.ts";
export type { Leftovers } from "./topics/delete-everywhere.ts";
export { deleteEverywhere } from "./topics/delete-everywhere.ts";
export type { UpOptions, UpResult } from "./up/up.ts";
export { up } from "./up/up.ts";
export { upOnFreePorts } from "./up/up-on-free-ports.ts";
export type { Claim, ClaimResult, Verification } from "./verify/claim.ts";
export type { VerifyOptions } from "./verify/verify.ts";
export { verify } from "./verify/verify.ts";
