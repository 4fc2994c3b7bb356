import type { SampleRun } from "../synthetic/runs.ts";
import type { Mutation } from "./mutation.ts";
import { ofAnswers } from "./of-answers.ts";
import { ofBursts } from "./of-bursts.ts";
import { ofClaims } from "./of-claims.ts";
import { ofElections } from "./of-elections.ts";
import { ofFaultMoments } from "./of-fault-moments.ts";
import { ofFaults } from "./of-faults.ts";
import { ofFile } from "./of-file.ts";
import { ofGroups } from "./of-groups.ts";
import { ofHeader } from "./of-header.ts";
import { ofLoad } from "./of-load.ts";
import { ofMessages } from "./of-messages.ts";
import { ofMoments } from "./of-moments.ts";
import { ofOrder } from "./of-order.ts";
import { ofReading } from "./of-reading.ts";
import { ofReplicas } from "./of-replicas.ts";
import { ofRoutes } from "./of-routes.ts";
import { ofTopology } from "./of-topology.ts";

/** Everything that can be done to a run of this kind. */
export function mutationsOf(run: SampleRun): Mutation[] {
  return [
    ...ofMessages(run),
    ...ofFile(run),
    ...ofMoments(run),
    ...ofLoad(run),
    ...ofReading(run),
    ...ofReplicas(run),
    ...ofGroups(run),
    ...ofFaults(run),
    ...ofElections(run),
    ...ofHeader(run),
    ...ofAnswers(run),
    ...ofClaims(run),
    ...ofBursts(run),
    ...ofTopology(run),
    ...ofRoutes(run),
    ...ofOrder(run),
    ...ofFaultMoments(run),
  ];
}
