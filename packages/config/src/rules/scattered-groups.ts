import type { Broker } from "../files/broker.ts";
import { settingOf } from "../files/config-file.ts";
import { groupBy } from "./rule.ts";

export interface ScatteredGroup {
  /** dLegerGroup. */
  readonly raft: string;
  readonly members: readonly Broker[];
  readonly names: readonly string[];
}

/** Members of one Raft group under more than one brokerName. */
export function scatteredGroups(brokers: readonly Broker[]): readonly ScatteredGroup[] {
  const members = brokers.filter(({ mode, peers }) => mode === "dledger" && peers.length > 0);
  const raftOf = ({ file, peers }: Broker) =>
    `${settingOf(file, "dLegerGroup") ?? ""} ${peers
      .map(({ id, host, port }) => `${id}-${host}:${port}`)
      .sort()
      .join(";")}`;
  return [...groupBy(members, raftOf).values()].flatMap((same) => {
    const names = [...new Set(same.map(({ group }) => group ?? ""))];
    const [first] = same;
    if (first === undefined || names.length < 2) return [];
    return [{ raft: settingOf(first.file, "dLegerGroup") ?? "", members: same, names }];
  });
}
