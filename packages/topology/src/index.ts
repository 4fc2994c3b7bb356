export type { PlanChange, PlanDiff } from "./diff/diff-plans.ts";
export { diffPlans } from "./diff/diff-plans.ts";
export type { Need } from "./diff/key-needs.ts";
export type { EffectiveConfiguration } from "./diff/with-effective.ts";
export { withEffective } from "./diff/with-effective.ts";
export type { SpecIssue, SpecIssueCode } from "./errors/spec-error.ts";
export { formatPath, SpecError } from "./errors/spec-error.ts";
export type { TopologyErrorCode } from "./errors/topology-error.ts";
export { TopologyError, topologyErrors } from "./errors/topology-error.ts";
export type { Imported, NotKept } from "./import/import-files.ts";
export { importFiles } from "./import/import-files.ts";
export { importText, spoken as spokenChange } from "./import/import-text.ts";
export { labels } from "./labels.ts";
export type {
  BrokerPlan,
  ClusterPlan,
  ControllerPlan,
  GroupPlan,
  NamesrvPlan,
  NodeKind,
  NodePlan,
  PlannedRole,
  PlanWarning,
  PlanWarningCode,
  PortPlan,
  ProxyPlan,
  VolumePlan,
} from "./plan/cluster-plan.ts";
export { nodeName, projectName } from "./plan/names.ts";
export { planCluster } from "./plan/plan-cluster.ts";
export { clockFile } from "./plan/steppable-clock.ts";
export { initSpec } from "./presets/init-spec.ts";
export type { PresetName } from "./presets/presets.ts";
export { isPresetName, loadPreset, presetNames, presetText } from "./presets/presets.ts";
export type { RenderOptions } from "./render/render-compose.ts";
export { renderCompose } from "./render/render-compose.ts";
export { renderFiles } from "./render/render-files.ts";
export { specFromLabel, specOfCompose, specToLabel } from "./render/spec-label.ts";
export type { ClusterSpec, GroupSpec, NodeSpec, Properties, WhenSlaveIsGone } from "./spec/cluster-spec.ts";
export type { FailoverMode, FailoverProfile, FailoverTimers } from "./spec/failover.ts";
export { defaultFailover, failoverProfiles, failoverTimers, replacesWriters } from "./spec/failover.ts";
export { specJsonSchema } from "./spec/json-schema.ts";
export type { Mode, ModeFacts } from "./spec/modes.ts";
export { modeFacts, modePromise, modes } from "./spec/modes.ts";
export { expandGroups, rocketmqVersion } from "./spec/normalise.ts";
export type { SpecOverrides } from "./spec/overrides.ts";
export { withOverrides } from "./spec/overrides.ts";
export type { OwnedKey } from "./spec/owned-keys.ts";
export { ownedKeys } from "./spec/owned-keys.ts";
export type { ParseOptions } from "./spec/parse-spec.ts";
export { parseSpec } from "./spec/parse-spec.ts";
export type { StoredConflict } from "./stored/stored-conflicts.ts";
export { storedConflicts } from "./stored/stored-conflicts.ts";
export type { StoredFacts, StoredNodes } from "./stored/stored-facts.ts";
export { storedFromLabel, storedNodes } from "./stored/stored-facts.ts";
export type { GroupFacts, NoWriter, NoWriterReason, WriterFacts } from "./writer/judge-writer.ts";
export { judgeWriter } from "./writer/judge-writer.ts";
