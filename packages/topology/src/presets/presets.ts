import { nearest } from "@hotfire/base";
import { TopologyError } from "../errors/topology-error.ts";
import type { ClusterSpec } from "../spec/cluster-spec.ts";
import { parseSpec } from "../spec/parse-spec.ts";

/** A preset is a spec; this text is all there is to it. */
const texts = {
  "single-master": `version: 1
name: single-master
mode: single-master
`,
  "multi-master": `version: 1
name: multi-master
mode: multi-master
groups: 2
`,
  "master-slave-async": `version: 1
name: master-slave-async
mode: master-slave-async
groups: 2
replicas: 2
`,
  "master-slave-sync": `version: 1
name: master-slave-sync
mode: master-slave-sync
groups: 2
replicas: 2
whenSlaveIsGone: refuse
`,
  dledger: `version: 1
name: dledger
mode: dledger
groups: 1
replicas: 3
`,
  "dledger-2x3": `version: 1
name: dledger-2x3
mode: dledger
groups: 2
replicas: 3
`,
  controller: `version: 1
name: controller
mode: controller
groups: 1
replicas: 3
controllers: 3
whenSlaveIsGone: refuse
`,
} as const;

export type PresetName = keyof typeof texts;

export const presetNames: readonly PresetName[] = [
  "single-master",
  "multi-master",
  "master-slave-async",
  "master-slave-sync",
  "dledger",
  "dledger-2x3",
  "controller",
];

export function isPresetName(name: string): name is PresetName {
  return Object.hasOwn(texts, name);
}

/** The preset's spec as it would be written by hand. */
export function presetText(name: PresetName): string {
  return texts[name];
}

/** @throws TopologyError PRESET_UNKNOWN */
export function loadPreset(name: string): ClusterSpec {
  if (!isPresetName(name)) {
    const suggestion = nearest(name, presetNames);
    throw new TopologyError("PRESET_UNKNOWN", `there is no preset ${JSON.stringify(name)}`, {
      hint: `${suggestion === undefined ? "" : `Did you mean ${suggestion}? `}Presets: ${presetNames.join(", ")}.`,
    });
  }
  return parseSpec(texts[name], { source: `preset ${name}` });
}
