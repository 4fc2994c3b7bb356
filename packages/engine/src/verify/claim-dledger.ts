import type { GroupPlan } from "@hotfire/topology";
import type { RoundTrip } from "../readiness/round-trip.ts";
import type { BrokerFacts } from "../status/broker-facts.ts";
import type { Claim } from "./claim.ts";
import { settled } from "./settled.ts";
import type { Evidence } from "./verify.ts";

/** A Raft group: one leader that all agree on, one term, a majority that is there, and the message committed by all. */
export async function claimDledger(
  evidence: Evidence & { readonly askAll: () => Promise<ReadonlyMap<string, BrokerFacts>> },
  group: GroupPlan,
  sent: RoundTrip | undefined,
): Promise<readonly Claim[]> {
  const judge = (facts: ReadonlyMap<string, BrokerFacts>) => judgeRaft(group, facts, sent?.endOffset);
  // A follower learns the committed position with the next entry or heartbeat.
  return settled(judge(evidence.brokers), async () => judge(await evidence.askAll()));
}

/** Pure, on what the peers said of themselves; `sentUpTo` is the position behind the message just sent. */
export function judgeRaft(
  group: GroupPlan,
  facts: ReadonlyMap<string, BrokerFacts>,
  sentUpTo: number | undefined,
): Claim[] {
  const peers = group.brokers.map((broker) => ({ broker, facts: facts.get(broker.name) }));
  const answering = peers.filter((peer) => peer.facts?.dledger !== undefined);
  const leaderIds = new Set(answering.map((peer) => peer.facts?.dledger?.leaderId ?? "none"));
  const terms = new Set(answering.map((peer) => peer.facts?.dledger?.term));
  const leaders = peers.filter((peer) => peer.facts?.role === "leader").map(({ broker }) => broker.name);
  const positions = peers.map((peer) => peer.facts?.runtime?.commitLogMaxOffset);
  const committed =
    sentUpTo !== undefined && positions.every((position) => position !== undefined && position >= sentUpTo);
  const agree = leaderIds.size === 1 && !leaderIds.has("none") && leaders.length === 1 && terms.size === 1;
  const all = answering.length === peers.length;
  const lines = peers.map(({ broker, facts: said }) => {
    if (said?.dledger === undefined)
      return `${broker.name} could not be asked: ${said?.problem ?? "no answer"}`;
    const leader = group.brokers.find(({ index }) => `n${index}` === said.dledger?.leaderId)?.name ?? "none";
    return `${broker.name} (${said.role ?? "no role"}): leader ${leader}, term ${said.dledger.term ?? "unknown"}`;
  });
  return [
    {
      id: "raft-leader",
      group: group.name,
      claim: `${group.name} has one leader and one term, by every peer's own word`,
      result: agree && all ? "pass" : answering.length === 0 ? "unknown" : "fail",
      evidence: lines,
    },
    {
      id: "raft-quorum",
      group: group.name,
      claim: `a majority of ${group.name} is there: ${group.acknowledgedReplicas} of ${peers.length} acknowledge a message`,
      result: answering.length >= group.acknowledgedReplicas ? "pass" : "fail",
      evidence: [`${answering.length} of ${peers.length} peers answer`],
    },
    {
      id: "raft-committed",
      group: group.name,
      claim: `every peer of ${group.name} has committed the message just sent`,
      result: committed ? "pass" : sentUpTo === undefined || answering.length === 0 ? "unknown" : "fail",
      evidence: [
        ...(sentUpTo === undefined ? ["no message could be sent"] : [`the message ends at ${sentUpTo}`]),
        ...peers.map(
          ({ broker }, index) => `${broker.name}: committed up to ${positions[index] ?? "unknown"}`,
        ),
      ],
    },
  ];
}
