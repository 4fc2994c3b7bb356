import type { SampleRun } from "../synthetic/runs.ts";
import type { Mutation } from "./mutation.ts";
import { ofElections } from "./of-elections.ts";
import { everyRun } from "./of-every-run.ts";
import { ofFaults } from "./of-faults.ts";
import { ofGroups } from "./of-groups.ts";
import { ofHeader } from "./of-header.ts";
import { ofReplicas } from "./of-replicas.ts";

/** Everything that can be done to a run of this kind. */
export function mutationsOf(run: SampleRun): Mutation[] {
  return [
    ...everyRun(run),
    ...ofReplicas(run),
    ...ofGroups(run),
    ...ofFaults(run),
    ...ofElections(run),
    ...ofHeader(run),
  ];
}
