import type { PlannedRole } from "@hotfire/topology";

/** What a name server must know of a broker. */
export interface ExpectedBroker {
  readonly node: string;
  readonly group: string;
  readonly role: PlannedRole;
  /** `host:port` in every form in which it may have registered. */
  readonly addresses: readonly string[];
}

/** What one name server knows, or why it did not say. */
export interface NamesrvView {
  readonly namesrv: string;
  /** Addresses by brokerId, by brokerName; undefined when it did not answer. */
  readonly groups: ReadonlyMap<string, ReadonlyMap<number, string>> | undefined;
  readonly problem?: string;
}

export interface Registration {
  readonly node: string;
  readonly namesrv: string;
  readonly brokerId: number;
  readonly address: string;
}

export interface RegistrationJudgement {
  readonly complete: boolean;
  readonly registrations: readonly Registration[];
  /** Registrations that a complete cluster has: brokers times name servers. */
  readonly wanted: number;
  /** What is missing or wrong, one finding a line. */
  readonly missing: readonly string[];
}

const masterId = 0;

/**
 * Compares what the name servers know with what the plan wants: every broker at every name server, with a brokerId
 * that fits its role, and in every group exactly one master (brokerId 0).
 */
export function judgeRegistration(
  expected: readonly ExpectedBroker[],
  views: readonly NamesrvView[],
): RegistrationJudgement {
  const registrations: Registration[] = [];
  const missing: string[] = [];
  for (const { namesrv, groups, problem } of views) {
    if (groups === undefined) {
      missing.push(`${namesrv} does not answer${problem === undefined ? "" : `: ${problem}`}`);
      continue;
    }
    for (const broker of expected) {
      const members = [...(groups.get(broker.group) ?? [])];
      const entry = members.find(([, address]) => broker.addresses.includes(address));
      if (entry === undefined) {
        missing.push(`${broker.node} is not registered at ${namesrv}`);
        continue;
      }
      const [brokerId, address] = entry;
      const wrong = wrongId(broker.role, brokerId);
      if (wrong === undefined) registrations.push({ node: broker.node, namesrv, brokerId, address });
      else missing.push(`${broker.node} is registered at ${namesrv} as ${wrong}`);
    }
    for (const group of new Set(expected.map((broker) => broker.group))) {
      const wantsElection = expected.some((broker) => broker.group === group && isElected(broker.role));
      const known = groups.get(group);
      if (wantsElection && known !== undefined && !known.has(masterId)) {
        missing.push(`${group} has no master at ${namesrv} yet`);
      }
    }
  }
  return { complete: missing.length === 0, registrations, wanted: expected.length * views.length, missing };
}

function isElected(role: PlannedRole): boolean {
  return role === "leader-or-follower" || role === "master-or-slave";
}

function wrongId(role: PlannedRole, brokerId: number): string | undefined {
  if (role === "master" && brokerId !== masterId)
    return `a slave (brokerId ${brokerId}), and should be the master`;
  if (role === "slave" && brokerId === masterId) return "the master (brokerId 0), and should be a slave";
  return undefined;
}
