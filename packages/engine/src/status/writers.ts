import {
  type ClusterPlan,
  type GroupPlan,
  judgeWriter,
  type NoWriter,
  type WriterFacts,
} from "@hotfire/topology";
import type { BrokerFacts } from "./broker-facts.ts";
import type { SyncStateStatus } from "./cluster-status.ts";
import type { ControllerFacts } from "./controller-facts.ts";

/** A process that is over: `is exited (exit code 137, out of memory)`, and when, in milliseconds since 1970. */
export interface NodeEnd {
  readonly text: string;
  readonly at: number | undefined;
}

export interface WriterEvidence {
  readonly plan: ClusterPlan;
  readonly brokers: ReadonlyMap<string, BrokerFacts>;
  readonly controllers: ReadonlyMap<string, ControllerFacts>;
  readonly syncStates: ReadonlyMap<string, SyncStateStatus>;
  /** By node; without it a broker that is gone is one that does not answer. */
  readonly ends?: ReadonlyMap<string, NodeEnd>;
}

/** Groups in which no broker takes writes, by name. */
export function groupsWithoutWriter(evidence: WriterEvidence): ReadonlyMap<string, NoWriter> {
  const now = Date.now();
  return new Map(
    evidence.plan.groups.flatMap((group) => {
      const none = judgeGroup(evidence, group, now);
      return none === undefined ? [] : [[group.name, none] as const];
    }),
  );
}

function judgeGroup(evidence: WriterEvidence, group: GroupPlan, now: number): NoWriter | undefined {
  const roles = new Set(group.brokers.map(({ role }) => role));
  const electedBy = roles.has("leader-or-follower")
    ? "brokers"
    : roles.has("master-or-slave")
      ? "controllers"
      : "configuration";
  const said = [...evidence.controllers.values()].flatMap(({ metadata }) => metadata ?? []);
  return judgeWriter(
    {
      group: group.name,
      electedBy,
      size: group.brokers.length,
      brokers: group.brokers.map(({ name }) => factsOf(name, evidence)),
      controllers: {
        total: evidence.controllers.size,
        answering: said.length,
        haveLeader: said.some(({ isLeader }) => isLeader),
        inSync: evidence.syncStates.get(group.name)?.inSync ?? [],
      },
    },
    now,
  );
}

function factsOf(node: string, { brokers, ends }: WriterEvidence): WriterFacts {
  const facts = brokers.get(node);
  const end = ends?.get(node);
  const condition = facts?.runtime?.condition;
  const silence = facts?.problem ?? (facts === undefined ? "it was not asked" : undefined);
  return {
    node,
    role: facts?.role,
    gone: end?.text ?? (silence === undefined ? undefined : `does not answer: ${silence}`),
    endedAt: end?.at,
    whyNoWrites: condition?.whyNoWrites,
    writesCeasedAt: condition?.writesCeasedAt,
  };
}
