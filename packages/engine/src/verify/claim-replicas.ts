import { setTimeout as sleep } from "node:timers/promises";
import type { GroupPlan } from "@hotfire/topology";
import { isBroker } from "../clusters/members.ts";
import type { RoundTrip } from "../readiness/round-trip.ts";
import { type BrokerFacts, replicationOf } from "../status/broker-facts.ts";
import type { Claim } from "./claim.ts";
import type { Evidence } from "./verify.ts";

/** An asynchronous slave follows within milliseconds; this is for a busy machine. */
const catchUpMs = 3000;
const pollMs = 50;

interface ReplicaEvidence extends Evidence {
  readonly askAll: () => Promise<ReadonlyMap<string, BrokerFacts>>;
}

/** Master-slave groups, elected or not: how many copies an acknowledgement stands for, and that the slaves have them. */
export async function claimReplicas(
  evidence: ReplicaEvidence,
  group: GroupPlan,
  sent: RoundTrip | undefined,
): Promise<Claim[]> {
  if (group.brokers.length < 2) return [];
  const claims = [await claimCaughtUp(evidence, group, sent)];
  return group.acknowledgedReplicas > 1 ? [claimCopies(evidence, group), ...claims] : claims;
}

function claimCopies(evidence: Evidence, group: GroupPlan): Claim {
  const findings = group.brokers.map(({ name }) => {
    const config = evidence.brokers.get(name)?.config;
    const copies = Number(config?.get("inSyncReplicas") ?? Number.NaN);
    const total = config?.get("totalReplicas");
    const all = config?.get("allAckInSyncStateSet");
    const text =
      config === undefined
        ? `${name} could not be asked`
        : `${name}: inSyncReplicas=${copies} totalReplicas=${total}${all === "true" ? " allAckInSyncStateSet=true" : ""}`;
    return { copies, text, known: config !== undefined };
  });
  const enough = findings.every(({ copies }) => copies >= group.acknowledgedReplicas);
  return {
    id: "acknowledged-copies",
    group: group.name,
    claim: `an acknowledged message of ${group.name} is on ${group.acknowledgedReplicas} brokers, by the brokers' own configuration`,
    result: enough ? "pass" : findings.every(({ known }) => known) ? "fail" : "unknown",
    evidence: findings.map(({ text }) => text),
  };
}

async function claimCaughtUp(
  evidence: ReplicaEvidence,
  group: GroupPlan,
  sent: RoundTrip | undefined,
): Promise<Claim> {
  const wanted = group.brokers.length - 1;
  const base = {
    id: "slaves-caught-up",
    group: group.name,
    claim: `${wanted === 1 ? "the slave" : `all ${wanted} slaves`} of ${group.name} confirmed the message just sent`,
  };
  if (sent === undefined) return { ...base, result: "unknown", evidence: ["no message could be sent"] };
  const until = performance.now() + catchUpMs;
  for (let facts = evidence.brokers; ; facts = await evidence.askAll()) {
    const slaves = confirmed(evidence, group, facts);
    const behind = slaves.filter(({ offset }) => offset < sent.endOffset);
    const text = slaves.map(
      ({ node, offset }) => `${node} confirmed up to ${offset}, the message ends at ${sent.endOffset}`,
    );
    if (slaves.length >= wanted && behind.length === 0) return { ...base, result: "pass", evidence: text };
    if (performance.now() > until) {
      const missing = `the master has ${slaves.length} of ${wanted} slaves connected`;
      return { ...base, result: "fail", evidence: slaves.length < wanted ? [missing, ...text] : text };
    }
    await sleep(pollMs);
  }
}

/** Each connected slave's confirmed position, as the master has it. */
function confirmed(
  evidence: Evidence,
  group: GroupPlan,
  facts: ReadonlyMap<string, BrokerFacts>,
): { node: string; offset: number }[] {
  for (const member of evidence.members.filter(isBroker)) {
    const broker = facts.get(member.plan.name);
    if (member.plan.group !== group.name || broker?.ha?.master !== true) continue;
    const replication = replicationOf(member, facts, evidence.members);
    if (replication?.kind !== "master") continue;
    return replication.slaves.map(({ node, lagBytes }) => ({
      node,
      offset: replication.maxOffset - lagBytes,
    }));
  }
  return [];
}
