import { judgeWriter, type NoWriter, type WriterFacts } from "@hotfire/topology";
import type { BrokerWatch } from "./broker-watch.ts";
import type { ControllerWatch } from "./controller-watch.ts";

/**
 * The judgement of `hotfire status`, over what the console watches. `lastWriterAt` is when it last saw a writer of the group; `now` likewise in milliseconds
 * since 1970. Undefined too before any broker has been heard: nothing is known then.
 */
export function noWriterOf(
  group: string,
  members: readonly BrokerWatch[],
  controllers: readonly ControllerWatch[],
  lastWriterAt: number | undefined,
  now: number,
): NoWriter | undefined {
  if (members.every(({ reachability }) => reachability.lastSeen === null)) return undefined;
  const answering = controllers.filter(({ reachability }) => !reachability.isUnreachable);
  const leader = controllers.find(({ isLeader }) => isLeader);
  const inSync = leader?.syncStates.get(group)?.inSyncReplicas ?? [];
  const isRaft = members.some((broker) => broker.isRaft);
  return judgeWriter(
    {
      group,
      electedBy: isRaft
        ? "brokers"
        : members.some(({ isControlled }) => isControlled)
          ? "controllers"
          : "configuration",
      size: groupSize(members),
      brokers: members.map(factsOf),
      controllers: {
        total: controllers.length,
        answering: answering.length,
        haveLeader: leader !== undefined,
        inSync: inSync.map(({ brokerAddress }) => nameAt(members, brokerAddress)),
      },
      lastWriterAt,
    },
    now,
  );
}

/** Members that never registered are in no route, and in every member's configuration. */
function groupSize(members: readonly BrokerWatch[]): number {
  const peers = members.map(
    ({ config }) => (config?.get("dLegerPeers") ?? "").split(";").filter(Boolean).length,
  );
  return Math.max(members.length, ...peers);
}

/** Both sides of a comparison go by the same name. */
function nameAt(members: readonly BrokerWatch[], address: string): string {
  return members.find((member) => member.address === address)?.name ?? address;
}

function factsOf({ name, role, reachability, runtime }: BrokerWatch): WriterFacts {
  const { problem } = reachability.state(true);
  const condition = runtime?.condition;
  return {
    node: name,
    role: role === "unknown" ? undefined : role,
    gone: reachability.isUnreachable ? (problem ?? "does not answer") : undefined,
    whyNoWrites: condition?.whyNoWrites,
    writesCeasedAt: condition?.writesCeasedAt,
  };
}
